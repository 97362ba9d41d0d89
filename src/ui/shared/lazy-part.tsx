// A part of the page in a file of its own, fetched when it is first needed. Where that fails (the network is gone, or the site
// was replaced since) a sentence stands in its place, and the rest of the page goes on.

import { lazy, type ReactNode } from 'react';
import './lazy-part.css';

function Missing() {
  return (
    <p className="missing-part" role="alert">
      This part of the page could not be loaded.{' '}
      <button type="button" onClick={() => location.reload()}>
        Load the page again
      </button>
    </p>
  );
}

type Part<Props> = (props: Props) => ReactNode;

export const lazyPart = <Module, Props extends object>(
  load: () => Promise<Module>,
  pick: (module: Module) => Part<Props>,
) =>
  lazy(async (): Promise<{ default: Part<Props> }> => {
    try {
      return { default: pick(await load()) };
    } catch {
      return { default: Missing };
    }
  });
