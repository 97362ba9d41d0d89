// Switching a node and its link off and on by hand, while the run goes on, with one line of what that does.

import { Switch } from '@mantine/core';
import { useMemo } from 'react';
import { type NetworkNode, nodeLabel } from '../../sim/fleet/topology.ts';
import { setSwitchedOn } from '../../store/fleet-changes.ts';
import type { FoglineState } from '../../store/store.ts';
import { foglineStore, useFogline } from '../../store/use-fogline.ts';
import { fromWhen } from '../graph/fleet-actions.ts';
import { say } from '../graph/graph-view.ts';
import { cachedSince, servesCopy } from './cached-model.ts';
import { isTroubled, type SwitchState, toSwitchWords } from './switch-words.ts';
import './switches.css';

/** What is switched off, and who could serve a copy, around a node. */
export function useSwitchState(node: NetworkNode): SwitchState {
  const topology = useFogline((state) => state.topology);
  const experiment = useFogline((state) => state.experiment);
  const initialExperiment = useFogline((state) => state.initialExperiment);
  const history = useFogline((state) => state.history);
  return useMemo(() => {
    const off = new Set(experiment.fleet.off);
    const serves = (gateway: string): boolean => {
      const number = topology.byId.get(gateway)?.number ?? 0;
      return servesCopy(experiment, cachedSince(history, initialExperiment, number));
    };
    return { node, topology, off, serves };
  }, [node, topology, experiment, initialExperiment, history]);
}

interface OneSwitchProps {
  readonly target: string;
  readonly label: string;
  /** The whole name, with the node's. */
  readonly name: string;
  readonly hintId: string;
  /** What is said when it is switched: on, then off. */
  readonly words: readonly [on: string, off: string];
}

const isOff = ({ experiment }: FoglineState, target: string): boolean => experiment.fleet.off.includes(target);

function OneSwitch({ target, label, name, hintId, words }: OneSwitchProps) {
  const off = useFogline((state) => isOff(state, target));
  const flip = (on: boolean) => {
    const { experiment, change } = foglineStore.getState();
    if (change(setSwitchedOn(experiment, [target], on))) say(`${words[on ? 0 : 1]}${fromWhen()}.`);
  };
  return (
    <Switch
      size="xs"
      className="switches-one"
      label={label}
      aria-label={name}
      aria-describedby={hintId}
      checked={!off}
      onChange={(event) => flip(event.currentTarget.checked)}
    />
  );
}

interface SwitchesProps {
  readonly node: NetworkNode;
  /** Only the link's switch: on a link's own card. */
  readonly only?: 'link';
  /** The line of what it does is there in any case, not only while something is off. */
  readonly full: boolean;
}

export function Switches({ node, only, full }: SwitchesProps) {
  const state = useSwitchState(node);
  const hintId = `switches-${node.id}`;
  const label = nodeLabel(node);
  const hint = toSwitchWords(state);
  const isShown = full || isTroubled(state);
  return (
    <div className="switches" data-off={isTroubled(state) || undefined}>
      <div className="switches-row">
        {only !== 'link' && (
          <OneSwitch
            target={node.id}
            label={state.off.has(node.id) ? 'Switched off' : 'Switched on'}
            name={`${label}: switched on`}
            hintId={hintId}
            words={[`${label} is on again`, `${label} is switched off`]}
          />
        )}
        <OneSwitch
          target={`link:${node.id}`}
          label={state.off.has(`link:${node.id}`) ? 'Link down' : 'Link up'}
          name={`${label}: link up`}
          hintId={hintId}
          words={[`The link of ${label} is up again`, `The link of ${label} is down`]}
        />
      </div>
      <p className={isShown ? 'switches-hint' : 'visually-hidden'} id={hintId}>
        {hint}
      </p>
    </div>
  );
}
