// The settings of an experiment in short, for a sheet of paper. Pure.

import { codecLabel } from '../../sim/compression/codec-spec.ts';
import { datasets } from '../../sim/data/datasets/index.ts';
import { changesBetween } from '../../sim/experiment/edits.ts';
import { defaultExperiment, type Experiment } from '../../sim/experiment/experiment.ts';
import { valueAt } from '../../sim/experiment/parse-experiment.ts';
import type { Topology } from '../../sim/fleet/topology.ts';
import { formatCounted } from '../format.ts';
import { describeChanges } from '../story/describe-changes.ts';

/** More would not fit beside the network and the curves. */
const MOST = 14;

/** 'Factory motors · 30 devices, 3 gateways, 1 fog · uplinks FP32 · seed 1' */
export function essentials({ data, compression, seed }: Experiment, topology: Topology): string {
  const { devices, gateways, fogs } = topology;
  const codecs = [compression.device, compression.gateway, compression.fog].map(codecLabel);
  const isOne = codecs.every((codec) => codec === codecs[0]);
  return [
    datasets[data.dataset].label,
    `${formatCounted(devices.length, 'device')}, ${formatCounted(gateways.length, 'gateway')}, ${formatCounted(fogs.length, 'fog')}`,
    `uplinks ${isOne ? codecs[0] : codecs.join(' → ')}`,
    `seed ${seed}`,
  ].join(' · ');
}

/** What differs from the page's own experiment, each in a few words. */
export function deviations(experiment: Experiment, topology: Topology): readonly string[] {
  const changes = changesBetween(defaultExperiment, experiment);
  const words = describeChanges(changes, (path) => valueAt(defaultExperiment, path), topology).map(({ long }) => long);
  return words.length <= MOST ? words : [...words.slice(0, MOST), `${words.length - MOST} more`];
}
