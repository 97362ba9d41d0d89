// A codec as changes of the experiment's settings, so that one click puts it in place.

import { type CodecSpec, withStageDefaults } from '../../compression/codec-spec.ts';
import { type FactoriserId, factorisers } from '../../compression/factorisers/index.ts';
import { indexCodings } from '../../compression/indices/index.ts';
import { quantisers } from '../../compression/quantisers/index.ts';
import { sparsifiers } from '../../compression/sparsifiers/index.ts';
import type { Change } from '../../experiment/edits.ts';

/** Where the codec of a message that goes up from a node, or down to one, is set. */
export type CodecTier = 'device' | 'gateway' | 'fog' | 'down';

/** The settings that put a codec in place; what it does not name goes back to doing nothing. */
export function toCodecChanges(place: CodecTier, spec: CodecSpec): Change[] {
  const factor: FactoriserId = spec.factor ?? 'none';
  const stages = {
    factor,
    sparsify: spec.sparsify,
    indices: spec.indices ?? 'smallest',
    rotate: spec.rotate ?? false,
    quantise: spec.quantise,
    rounding: spec.rounding ?? 'nearest',
    scales: spec.scales ?? 'tensor',
    pack: spec.pack ?? 'bits',
  };
  const values = withStageDefaults(spec);
  const own = {
    ...(factor !== 'none' && factorisers[factor].settings),
    ...sparsifiers[spec.sparsify].settings,
    ...(stages.indices !== 'smallest' && indexCodings[stages.indices].settings),
    ...quantisers[spec.quantise].settings,
  };
  const amounts = Object.entries(values).filter(([key]) => key in own);
  const changes = [...Object.entries(stages), ...amounts].map(
    ([stage, value]): Change => ({ path: `compression.${place}.${stage}`, value }),
  );
  // An adaptive policy would pick the devices' codec over this one.
  return place === 'device' ? [...changes, { path: 'compression.adapt', value: 'fixed' }] : changes;
}
