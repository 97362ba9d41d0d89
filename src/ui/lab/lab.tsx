// The lab: a look inside a packet, or the efficiency table. Loaded when it is first opened.

import { nodeLabel } from '../../sim/fleet/topology.ts';
import { closeLab, useLabView } from '../../store/lab-view.ts';
import { useFogline } from '../../store/use-fogline.ts';
import { LabPanel } from './lab-panel.tsx';
import { PacketInspector } from './packet/packet-inspector.tsx';
import { Efficiency } from './table/efficiency.tsx';

export function Lab() {
  const view = useLabView((state) => state.view);
  const node = useFogline((state) => (view?.kind === 'packet' ? state.topology.byId.get(view.node) : undefined));
  const parent = useFogline((state) => (node?.parent ? state.topology.byId.get(node.parent) : undefined));
  if (view?.kind === 'table') {
    return (
      <LabPanel key="table" title="What every byte buys" about="Every codec, measured" onClose={closeLab}>
        <Efficiency />
      </LabPanel>
    );
  }
  if (!node || !parent) return null;
  return (
    <LabPanel
      key={node.id}
      title="Inside the packet"
      about={`${nodeLabel(node)} – ${nodeLabel(parent)}`}
      onClose={closeLab}
    >
      <PacketInspector node={node} parent={parent} />
    </LabPanel>
  );
}
