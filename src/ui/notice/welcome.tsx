// For the first glance: what this is and what to press. It covers nothing of the network, and is gone with the first round.

import { datasets } from '../../sim/data/datasets/index.ts';
import type { FoglineState } from '../../store/store.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { formatCount } from '../format.ts';
import './welcome.css';

const selectIsFirst = ({ history, phase }: FoglineState): boolean =>
  history.length === 0 && (phase === 'paused' || phase === 'loading');

const listed = new Intl.ListFormat('en-GB');

export function Welcome() {
  const isFirst = useFogline(selectIsFirst);
  return isFirst ? <WelcomeCard /> : null;
}

/** Of a larger network, or beside the card of a node, the boxes stand where this card would. */
const selectAside = ({ topology, selection }: FoglineState): boolean =>
  topology.fogs.length > 1 || topology.gateways.length > 3 || topology.devices.length > 100 || selection.length > 0;

function WelcomeCard() {
  const devices = useFogline((state) => state.topology.devices.length);
  const dataset = useFogline((state) => state.experiment.data.dataset);
  const isLoading = useFogline((state) => state.phase === 'loading');
  const aside = useFogline(selectAside);
  return (
    <>
      <section className={`welcome${aside ? ' welcome-aside' : ''}`} aria-label="What this is">
        <p className="welcome-what">
          {devices === 1 ? (
            '1 simulated device learns alone, without sharing its data.'
          ) : (
            <>
              {formatCount(devices)} simulated devices learn <em>together</em>, without sharing their data.
            </>
          )}
        </p>
        <p className="welcome-task">
          {devices === 1 ? 'It learns' : 'They learn'} to tell {listed.format(datasets[dataset].task.classNames)} apart.
          The training is real, and all in this page.
        </p>
        <p className="welcome-press">{isLoading ? 'Preparing the data …' : <PressPlay />}</p>
      </section>
      <div className="welcome-caret" />
    </>
  );
}

const PressPlay = () => (
  <>
    Press <b>Play</b> <span className="welcome-arrow">↑</span>
  </>
);
