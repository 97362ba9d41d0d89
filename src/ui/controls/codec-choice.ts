// One click for the codec of all uplinks, and which one they have now.

import { type CodecSpec, codecLabel } from '../../sim/compression/codec-spec.ts';
import type { Change } from '../../sim/experiment/edits.ts';
import type { Experiment } from '../../sim/experiment/experiment.ts';
import { toCodecChanges } from '../../sim/lab/packet/codec-changes.ts';

export type Uplink = 'device' | 'gateway' | 'fog';
export const uplinks: readonly Uplink[] = ['device', 'gateway', 'fog'];

const whole = (quantise: CodecSpec['quantise']): CodecSpec => ({ sparsify: 'none', keep: 1, quantise });

/** By what they are called on the screen. */
export const quickCodecs: Readonly<Record<string, CodecSpec>> = {
  FP32: whole('fp32'),
  FP16: whole('fp16'),
  INT8: whole('int8'),
  INT4: whole('int4'),
  INT2: whole('int2'),
  'top-k 10 %': { sparsify: 'top-k', keep: 0.1, quantise: 'fp32' },
};

export const toQuickChanges = (label: string): Change[] =>
  uplinks.flatMap((tier) => (quickCodecs[label] ? toCodecChanges(tier, quickCodecs[label]) : []));

/** The quick choice that all uplinks have now, '' if they differ or have another codec. */
export function quickOf(compression: Experiment['compression']): string {
  if (compression.adapt !== 'fixed') return '';
  const labels = uplinks.map((tier) => codecLabel(compression[tier]));
  const found = Object.entries(quickCodecs).find(([, spec]) => labels.every((label) => label === codecLabel(spec)));
  return found?.[0] ?? '';
}
