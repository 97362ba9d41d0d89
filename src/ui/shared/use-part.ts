// What opens from a button that is there from the start: fetched when the first run can begin, and again when it is wanted and
// has not come. The button does not wait for it.

import { useEffect, useState } from 'react';
import { firstRunReady, foglineStore } from '../../store/use-fogline.ts';
import { loadPart } from './load-part.ts';

/** Where a part comes from, and the part once it is there. */
export interface PartSource<Part> {
  loaded: Part | null;
  /** @param isWanted it does not wait for the first run then */
  readonly load: (isWanted: boolean) => Promise<Part>;
}

export const createPart = <Module, Part>(
  load: () => Promise<Module>,
  pick: (module: Module) => Part,
): PartSource<Part> => ({
  loaded: null,
  load: (isWanted) => loadPart(isWanted ? load : () => firstRunReady().then(load)).then(pick),
});

/** The part as soon as it is there; null before. @param isWanted the visitor waits for it */
export function usePart<Part>(source: PartSource<Part>, isWanted: boolean): Part | null {
  const [part, setPart] = useState<Part | null>(() => source.loaded);
  useEffect(() => {
    if (part) return;
    let isCurrent = true;
    const take = (loaded: Part) => {
      source.loaded = loaded;
      if (isCurrent) setPart(() => loaded);
    };
    const say = () => {
      if (!isCurrent || !isWanted) return;
      const text = 'This could not be opened: the network or the site does not answer. Pressing again tries again.';
      foglineStore.getState().notify('error', text);
    };
    source.load(isWanted).then(take, say);
    return () => {
      isCurrent = false;
    };
  }, [source, part, isWanted]);
  return part;
}
