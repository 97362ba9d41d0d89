// On paper only: what the page is of, which round it shows, and the experiment's settings in short, above the tiles, the network
// and the curves.

import { useEffect } from 'react';
import { useFogline } from '../../store/use-fogline.ts';
import { formatCount, formatSeconds, withUnits } from '../format.ts';
import { deviations, essentials } from './settings-words.ts';

const SCHEME = 'data-mantine-color-scheme';

/** Paper is white, whatever the page's theme. */
function useLightPaper(): void {
  useEffect(() => {
    const root = document.documentElement;
    let before: string | null = null;
    const begin = () => {
      before = root.getAttribute(SCHEME);
      root.setAttribute(SCHEME, 'light');
    };
    const end = () => {
      if (before) root.setAttribute(SCHEME, before);
    };
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
}

export function PrintHead() {
  const experiment = useFogline((state) => state.experiment);
  const topology = useFogline((state) => state.topology);
  const round = useFogline((state) => state.history.length);
  const seconds = useFogline((state) => state.history.at(-1)?.end ?? 0);
  const words = deviations(experiment, topology);
  useLightPaper();
  return (
    <header className="print-head">
      <p className="print-head-title">
        <strong>Fogline</strong> round {formatCount(round)} of {formatCount(experiment.rounds)},{' '}
        {withUnits(formatSeconds(seconds))} simulated
      </p>
      <p>{essentials(experiment, topology)}</p>
      {words.length > 0 && <p>Other than the defaults: {words.map(withUnits).join('; ')}.</p>}
    </header>
  );
}
