// The card of what is selected in the network: a device, a gateway, a fog, the cloud or a link. In the graph's corner on a
// wide page, where it is low enough to leave the gateways and devices in sight until more is asked for; a sheet from below
// on a phone. Escape closes it.

import { useEffect } from 'react';
import { type NetworkNode, nodeLabel } from '../../sim/topology.ts';
import { foglineStore, useFogline } from '../../store/use-fogline.ts';
import { deviceState, selectLatest, selectStragglers } from '../graph/latest-record.ts';
import { CloseButton } from '../shared/close-button.tsx';
import { toggleFull, useCard } from './card.ts';
import { DeviceCard } from './device-card.tsx';
import { INSPECTOR_ID } from './inspector-id.ts';
import { LinkCard } from './link-card.tsx';
import { UpperCard } from './upper-card.tsx';
import { isBadState } from './why-absent.ts';
import './inspector.css';

const close = () => foglineStore.getState().select(null);

export function Inspector() {
  const selected = useFogline((state) => state.selected);
  const node = useFogline((state) => state.topology.byId.get((state.selected ?? '').replace('link:', '')));
  const full = useCard((card) => card.full);
  const open = selected !== null && node !== undefined;

  useEffect(() => {
    if (!open) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) close();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [open]);

  if (!open) return null;
  const isLink = selected.startsWith('link:');
  const title = isLink ? `Link of ${nodeLabel(node)}` : nodeLabel(node);
  return (
    <section className="inspector" id={INSPECTOR_ID} aria-label={`Inspector: ${title}`}>
      <header className="inspector-head">
        <h2 className="inspector-title">{title}</h2>
        {!isLink && <Tags node={node} />}
        <button
          type="button"
          className="inspector-more"
          aria-expanded={full}
          title={
            full ? 'Only what matters most, so that the network stays in sight' : 'Every figure, and what can be done'
          }
          onClick={toggleFull}
        >
          {full ? 'Less' : 'More'}
        </button>
        <CloseButton label="Close the inspector" onClick={close} />
      </header>
      <div className="inspector-body" key={selected}>
        {isLink ? (
          <LinkCard node={node} full={full} />
        ) : node.tier === 'device' ? (
          <DeviceCard node={node} full={full} />
        ) : (
          <UpperCard node={node} full={full} />
        )}
      </div>
    </section>
  );
}

/** Its state in the last round, and whether the round waited for it. */
function Tags({ node }: { node: NetworkNode }) {
  const state = useFogline((each) => (node.tier === 'device' ? deviceState(selectLatest(each), node.number) : ''));
  const straggler = useFogline((each) => selectStragglers(each).has(node.id));
  const isBad = isBadState(state);
  return (
    <>
      {state !== '' && state !== 'waiting' && (
        <span className={`inspector-tag ${isBad ? 'inspector-tag-bad' : ''}`}>{state}</span>
      )}
      {straggler && (
        <span className="inspector-tag inspector-tag-bad" title="The round waited for this device.">
          straggler
        </span>
      )}
    </>
  );
}
