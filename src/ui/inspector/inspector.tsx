// The card of what is selected in the network: a device, a gateway, a fog, the cloud, a link, or several devices. In the graph's corner on a
// wide page, where it is low enough to leave the gateways and devices in sight until more is asked for; a sheet from below
// on a phone. Escape closes it.

import { useEffect } from 'react';
import { type NetworkNode, nodeLabel } from '../../sim/fleet/topology.ts';
import { statusEntry } from '../../sim/record/statuses.ts';
import { selectedDevices, selectedId } from '../../store/node-selection.ts';
import { foglineStore, useFogline } from '../../store/use-fogline.ts';
import { formatCounted } from '../format.ts';
import { deviceState, selectLatest, selectStragglers } from '../graph/latest-record.ts';
import { CloseButton } from '../shared/close-button.tsx';
import { toggleFull, useCard } from './card.ts';
import { DeviceCard } from './device-card.tsx';
import { INSPECTOR_ID } from './inspector-id.ts';
import { LinkCard } from './link-card.tsx';
import { SelectionCard } from './selection-card.tsx';
import { UpperCard } from './upper-card.tsx';
import './inspector.css';

const close = () => foglineStore.getState().select(null);

export function Inspector() {
  const selected = useFogline(selectedId);
  const several = useFogline((state) => selectedDevices(state).size);
  const node = useFogline((state) => state.topology.byId.get((selectedId(state) ?? '').replace('link:', '')));
  const full = useCard((card) => card.full);
  const open = node !== undefined || several > 0;

  useEffect(() => {
    if (!open) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) close();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [open]);

  if (!open) return null;
  const isLink = selected?.startsWith('link:') ?? false;
  const title = node ? `${isLink ? 'Link of ' : ''}${nodeLabel(node)}` : formatCounted(several, 'device');
  return (
    <section className="inspector" id={INSPECTOR_ID} aria-label={`Inspector: ${title}`}>
      <header className="inspector-head">
        <h2 className="inspector-title">{title}</h2>
        {node && !isLink && <Tags node={node} />}
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
      <div className="inspector-body" key={selected ?? 'several'}>
        {!node ? (
          <SelectionCard full={full} />
        ) : isLink ? (
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
  const state = useFogline((each) =>
    node.tier === 'device' ? deviceState(selectLatest(each), node.number) : 'waiting',
  );
  const straggler = useFogline((each) => selectStragglers(each).has(node.id));
  const entry = state === 'waiting' ? null : statusEntry(state);
  return (
    <>
      {entry && (
        <span className={`inspector-tag ${entry.alarms ? 'inspector-tag-bad' : ''}`} title={entry.help}>
          {entry.label}
        </span>
      )}
      {straggler && (
        <span className="inspector-tag inspector-tag-bad" title="The round waited for this device.">
          straggler
        </span>
      )}
    </>
  );
}
