// What can be done with a node: its edits for all of its kind, or forgotten; its link; and taking it out.

import { Button } from '@mantine/core';
import type { NetworkNode } from '../../sim/fleet/topology.ts';
import { applyToKind, resetFigures, whyNotRemovable } from '../../store/fleet-changes.ts';
import { openPacket } from '../../store/lab-view.ts';
import { foglineStore, useFogline } from '../../store/use-fogline.ts';
import { addBelow, remove } from '../graph/fleet-actions.ts';
import { say } from '../graph/graph-view.ts';

interface NodeActionsProps {
  readonly node: NetworkNode;
  /** What nodes of its kind are called. */
  readonly kind: string;
  /** Everything; else only what to do with edits, if there are any. */
  readonly full: boolean;
}

export function NodeActions({ node, kind, full }: NodeActionsProps) {
  const edits = useFogline((state) => Object.keys(state.experiment.fleet.figures[node.id] ?? {}).length);
  const kept = useFogline((state) => whyNotRemovable(state.topology, node.id));
  if (!full && edits === 0) return null;
  const apply = () => {
    const { experiment, change } = foglineStore.getState();
    if (change(applyToKind(experiment, node))) say(`All of this kind (${kind}) have these figures now.`);
  };
  const reset = () => {
    const { experiment, change } = foglineStore.getState();
    change(resetFigures(experiment, node.id));
  };
  return (
    <div className="inspector-actions">
      {full && <NodeViewActions node={node} />}
      <div className="inspector-actions-edits">
        <Button
          variant="default"
          size="compact-xs"
          disabled={edits === 0}
          aria-label={`Apply to all ${kind}`}
          title={edits === 0 ? 'Edit a figure first' : `Gives the edited figures to all of this kind: ${kind}`}
          onClick={apply}
        >
          Apply to all
        </Button>
        {edits > 0 && (
          <Button
            variant="default"
            size="compact-xs"
            title="Gives every figure of this node its profile’s value again"
            onClick={reset}
          >
            Undo edits
          </Button>
        )}
        {full && (
          <Button
            variant="default"
            size="compact-xs"
            className="inspector-remove"
            disabled={kept !== null}
            title={kept ?? 'Takes it out of the network from the next round on (Delete)'}
            onClick={() => remove(node.id)}
          >
            Remove
          </Button>
        )}
      </div>
    </div>
  );
}

/** What is around it: a node more below it, its link, and what it sends. */
function NodeViewActions({ node }: { readonly node: NetworkNode }) {
  return (
    <div className="inspector-actions-view">
      {node.tier !== 'device' && (
        <Button variant="default" size="compact-xs" onClick={() => addBelow(node.id)}>
          Add {node.tier === 'gateway' ? 'device' : 'gateway'}
        </Button>
      )}
      <Button
        variant="default"
        size="compact-xs"
        title="Rate, latency and loss, and what the last round sent over it"
        onClick={() => foglineStore.getState().select(`link:${node.id}`)}
      >
        Link
      </Button>
      {node.tier !== 'cloud' && (
        <Button
          variant="default"
          size="compact-xs"
          title="Its message before and after the codec, its bytes, and what other codecs would take"
          onClick={() => openPacket(node.id)}
        >
          Packet
        </Button>
      )}
    </div>
  );
}
