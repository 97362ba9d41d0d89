// A tier's codec as settings: factor → sparsify → quantise → pack.

import * as z from 'zod/mini';
import { factorisers } from '../../compression/factorisers/index.ts';
import { indexCodings } from '../../compression/indices/index.ts';
import { quantisers } from '../../compression/quantisers/index.ts';
import { sparsifiers } from '../../compression/sparsifiers/index.ts';
import { choice, toggle } from '../settings.ts';
import { choicesOf, labelled, settingsOfAll } from '../variants.ts';

/** The stages that every tier has. @param tier names the link, after the label of each setting */
const stages = (tier: string) => {
  const inTier = (own: string): string => `${own}, ${tier}`;
  return {
    factor: choice([{ id: 'none', label: 'None' }, ...choicesOf(factorisers)], {
      default: 'none',
      label: `Factor, ${tier}`,
      help: 'Send each weight matrix as the product of two narrow ones.',
      live: true,
    }),
    ...labelled(settingsOfAll(factorisers), inTier),
    sparsify: choice(choicesOf(sparsifiers), {
      default: 'none',
      label: `Sparsify, ${tier}`,
      help: 'Send only some of the changes, with their places.',
      live: true,
    }),
    ...labelled(settingsOfAll(sparsifiers), inTier),
    indices: choice([{ id: 'smallest', label: 'Smallest' }, ...choicesOf(indexCodings)], {
      default: 'smallest',
      label: `Indices, ${tier}`,
      help: 'How the places of the sent values are written; the smallest way is found for each tensor.',
      live: true,
    }),
    ...labelled(settingsOfAll(indexCodings), inTier),
    rotate: toggle({
      default: false,
      label: `Rotate, ${tier}`,
      help: 'Turn the values at random before they are quantised: where some are much larger than most, the levels get finer.',
      live: true,
    }),
    quantise: choice(choicesOf(quantisers), {
      default: 'fp32',
      label: `Quantise, ${tier}`,
      help: 'Bits that a value takes on the link.',
      live: true,
    }),
    ...labelled(settingsOfAll(quantisers), inTier),
    rounding: choice(
      [
        { id: 'nearest', label: 'Nearest' },
        { id: 'stochastic', label: 'By chance' },
      ],
      {
        default: 'nearest',
        label: `Rounding, ${tier}`,
        help: 'By chance, a value goes to one of the two levels around it so that it is right on average (QSGD, TernGrad).',
        live: true,
      },
    ),
    scales: choice(
      [
        { id: 'tensor', label: 'Tensor' },
        { id: 'row', label: 'Row' },
      ],
      {
        default: 'tensor',
        label: `Scales, ${tier}`,
        help: 'Levels for each tensor, or finer ones for each of its rows, which cost scales of their own.',
        live: true,
      },
    ),
    pack: choice(
      [
        { id: 'bits', label: 'Bits' },
        { id: 'deflate', label: 'Deflate' },
      ],
      {
        default: 'bits',
        label: `Pack, ${tier}`,
        help: 'Deflate looks for repetition in the packed bits, and is used where it saves bytes.',
        live: true,
      },
    ),
  };
};

/** An uplink's codec. */
export const uplink = (tier: string) =>
  z.prefault(
    z.strictObject({
      ...stages(tier),
      feedback: toggle({
        default: false,
        label: `Error feedback, ${tier}`,
        help: 'The sender keeps what its codec lost and adds it to its next update (Seide 2014, Karimireddy 2019).',
        live: true,
      }),
    }),
    {},
  );

/** The downlink's codec. */
export const downlink = (tier: string) =>
  z.prefault(
    z.strictObject({
      ...stages(tier),
      difference: toggle({
        default: false,
        label: 'Send the difference',
        help: 'Who still holds the model it received last is sent what changed since; who does not gets all of it, in 32 bits.',
        live: true,
      }),
    }),
    {},
  );
