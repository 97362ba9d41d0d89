// A codec as changes of the experiment's settings, so that one click puts it in place.

import type { CodecSpec } from '../compression/codec-spec.ts';
import type { Change } from '../experiment/edits.ts';

/** Where the codec of a message that goes up from a node, or down to one, is set. */
export type CodecPlace = 'device' | 'gateway' | 'fog' | 'down';

/** The settings that put a codec in place; what it does not name goes back to doing nothing. */
export function toSpecChanges(place: CodecPlace, spec: CodecSpec): Change[] {
  const stages: Required<Omit<CodecSpec, 'scalesUp' | 'rank' | 'keep' | 'threshold'>> = {
    factor: spec.factor ?? 'none',
    sparsify: spec.sparsify,
    indices: spec.indices ?? 'smallest',
    rotate: spec.rotate ?? false,
    quantise: spec.quantise,
    rounding: spec.rounding ?? 'nearest',
    scales: spec.scales ?? 'tensor',
    pack: spec.pack ?? 'bits',
  };
  const amounts = {
    ...(spec.factor && spec.factor !== 'none' && { rank: spec.rank }),
    ...(spec.sparsify === 'threshold'
      ? { threshold: spec.threshold }
      : spec.sparsify !== 'none' && { keep: spec.keep }),
  };
  const changes = Object.entries({ ...stages, ...amounts }).map(
    ([stage, value]): Change => ({ path: `compression.${place}.${stage}`, value }),
  );
  // An adaptive policy would pick the devices' codec over this one.
  return place === 'device' ? [...changes, { path: 'compression.adapt', value: 'fixed' }] : changes;
}
