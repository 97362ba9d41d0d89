// Which model a device takes: by the rule, or given by hand.

import { modelFor } from '../../sim/engine/aggregation/families.ts';
import { isAsynchronous } from '../../sim/engine/synchrony.ts';
import type { DeviceNode } from '../../sim/fleet/topology.ts';
import { familyKindsOf, modelSpecOf } from '../../sim/model/model-specs.ts';
import { type ModelKind, modelKinds } from '../../sim/model/models.ts';
import { setModel } from '../../store/fleet-changes.ts';
import { foglineStore, useFogline } from '../../store/use-fogline.ts';
import { ChoiceRow } from '../shared/choice-row.tsx';
import { RestartMark } from '../shared/restart-mark.tsx';
import { selectCharge, useHeld } from './device-model.ts';

const BY_RULE = 'by-rule';
const isKind = (value: string): value is ModelKind => modelKinds.some((kind) => kind === value);

export function ModelChoice({ node }: { readonly node: DeviceNode }) {
  const experiment = useFogline((state) => state.experiment);
  const charge = useFogline((state) => selectCharge(state, node));
  const held = useHeld(node);
  const { families, fleet } = experiment;
  const hasFamilies = families.assignment === 'by-rule';
  const byHand = hasFamilies ? fleet.models[node.id] : undefined;
  const ruled = modelFor(node, charge, { ...experiment, fleet: { ...fleet, models: {} } }, held);
  const isAsync = isAsynchronous(experiment);
  const options = [
    { value: BY_RULE, label: `${hasFamilies ? 'By rule' : 'As all'}: ${modelSpecOf(ruled, experiment).label}` },
    ...familyKindsOf(families).map((kind) => ({ value: kind, label: modelSpecOf(kind, experiment).label })),
  ];
  const help = isAsync
    ? 'A cloud that waits for nobody learns one model: devices can differ in synchronous rounds only.'
    : hasFamilies
      ? 'Gives this device a model whatever the rule says; each family is averaged apart.'
      : 'Gives this device a model of its own: from then on each device has its model, by rule or by hand. Starts the run again.';
  return (
    <ChoiceRow
      label="Model"
      name={`Model of ${node.profile.short} ${node.number}`}
      help={help}
      value={byHand ?? BY_RULE}
      options={options}
      disabled={isAsync}
      badge={<RestartMark live={hasFamilies} />}
      onChange={(value) => {
        const { change } = foglineStore.getState();
        change(setModel(experiment, node.id, isKind(value) ? value : null));
      }}
    />
  );
}
