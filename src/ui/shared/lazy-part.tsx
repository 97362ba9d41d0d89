// A part of the page in a file of its own, fetched when it is first needed. Where that fails (the network is gone, or the site
// was replaced since) a sentence stands in its place, and the rest of the page goes on; it is asked for again when the visitor
// says so, or comes back to it.

import {
  type ComponentType,
  createContext,
  lazy,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useReducer,
} from 'react';
import { loadPart } from './load-part.ts';
import './lazy-part.css';

const TryAgain = createContext({ tryAgain: () => {}, beginAgain: () => {} });

/** When the visitor leaves the place of a missing part, it is asked for once more as they come back. */
function Absent() {
  const { beginAgain } = useContext(TryAgain);
  useEffect(() => beginAgain, [beginAgain]);
  return null;
}

function Missing() {
  const { tryAgain } = useContext(TryAgain);
  return (
    <p className="missing-part" role="alert">
      This part of the page could not be loaded.{' '}
      <button type="button" onClick={tryAgain}>
        Try again
      </button>{' '}
      or{' '}
      <button type="button" onClick={() => location.reload()}>
        load the page again
      </button>
      .
      <Absent />
    </p>
  );
}

type Part<Props> = (props: Props) => ReactNode;

/** What stands in the part's place now, and the way to ask for it once more. */
interface Slot<Props> {
  present: ComponentType<Props>;
  readonly beginAgain: () => void;
}

function Place<Props extends object>({ slot, props }: { readonly slot: Slot<Props>; readonly props: Props }) {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const { beginAgain } = slot;
  const again = useMemo(() => {
    const tryAgain = () => {
      beginAgain();
      draw();
    };
    return { tryAgain, beginAgain };
  }, [beginAgain]);
  const Present = slot.present;
  return (
    <TryAgain value={again}>
      <Present {...props} />
    </TryAgain>
  );
}

/** @param onMissing says it instead of the sentence in the part's place */
export function lazyPart<Module, Props extends object>(
  load: () => Promise<Module>,
  pick: (module: Module) => Part<Props>,
  onMissing?: () => void,
) {
  let isMissing = false;
  const begin = () => {
    isMissing = false;
    return lazy(async (): Promise<{ default: Part<Props> }> => {
      try {
        return { default: pick(await loadPart(load)) };
      } catch {
        isMissing = true;
        onMissing?.();
        return { default: onMissing ? Absent : Missing };
      }
    }) as unknown as ComponentType<Props>;
  };
  const slot: Slot<Props> = {
    present: begin(),
    beginAgain: () => {
      if (isMissing) slot.present = begin();
    },
  };
  return (props: Props) => <Place slot={slot} props={props} />;
}
