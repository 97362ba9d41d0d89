// The pipelines that the efficiency table compares: each is the present experiment with a few settings changed. What the
// tutorial says of them is from its tables "Model Compression Techniques" and "Resource Efficiency".

import type { CodecSpec } from '../../compression/codec-spec.ts';
import type { Change } from '../../experiment/edits.ts';
import { toCodecChanges } from '../packet/codec-changes.ts';

/** What the tutorial promises, in its own words. */
export interface Claim {
  readonly size: string;
  readonly drop: string;
  /** The drop as a number: at most so many points. */
  readonly most: number;
}

export interface Pipeline {
  readonly id: string;
  readonly label: string;
  readonly about: string;
  /** Of the experiment as it is set. */
  readonly changes: readonly Change[];
  /** Hidden units of the student that the global model is distilled into at the end; none, if left out. */
  readonly student?: number;
  readonly claim: Claim | null;
}

const tiers = ['device', 'gateway', 'fog'] as const;
const plain: CodecSpec = { sparsify: 'none', keep: 1, quantise: 'fp32' };

/** A codec on the devices' links, another above, and nothing else that compresses; the downlink stays as it is set. */
const uplinks = (device: Partial<CodecSpec>, above: Partial<CodecSpec>, feedback = false): Change[] => [
  ...tiers.flatMap((tier) => [
    ...toCodecChanges(tier, { ...plain, ...(tier === 'device' ? device : above) }),
    { path: `compression.${tier}.feedback`, value: feedback && tier === 'device' },
  ]),
  { path: 'compression.momentum', value: 0 },
  { path: 'compression.warmUp', value: 0 },
  { path: 'pruning.sparsity', value: 0 },
  { path: 'subModels.keep', value: 1 },
];

const everyUplink = (spec: Partial<CodecSpec>): Change[] => uplinks(spec, spec);

/** What ten sparse updates add up to is less sparse: the tiers above send all of it that is not zero. */
const notZero: Partial<CodecSpec> = { sparsify: 'threshold', threshold: 0 };

const topK = (keep: number, feedback: boolean): Pipeline => ({
  id: `top-k-${100 * keep}${feedback ? '-feedback' : ''}`,
  label: `top-k ${100 * keep} %${feedback ? ' + feedback' : ''}`,
  about: `The largest ${100 * keep} % of the changes${feedback ? '; what is left out is sent later' : '; the rest is lost'}.`,
  changes: uplinks({ sparsify: 'top-k', keep }, notZero, feedback),
  claim: null,
});

/** The row that all others are compared with. */
export const BASELINE = 'fp32';

export const pipelines: readonly Pipeline[] = [
  {
    id: BASELINE,
    label: 'FP32',
    about: 'Every change as a 32-bit float.',
    changes: everyUplink({}),
    claim: { size: '100 %', drop: '0 %', most: 0 },
  },
  {
    id: 'int8',
    label: 'INT8',
    about: '256 levels a tensor.',
    changes: everyUplink({ quantise: 'int8' }),
    claim: { size: '25 %', drop: '~1 %', most: 1 },
  },
  {
    id: 'int4',
    label: 'INT4',
    about: '16 levels a tensor.',
    changes: everyUplink({ quantise: 'int4' }),
    claim: { size: '12.5 %', drop: '~2–3 %', most: 3 },
  },
  {
    id: 'int2',
    label: 'INT2',
    about: '4 levels a tensor.',
    changes: everyUplink({ quantise: 'int2' }),
    claim: { size: '4–16× smaller', drop: '~1 %', most: 1 },
  },
  topK(0.1, false),
  topK(0.1, true),
  topK(0.01, false),
  topK(0.01, true),
  {
    id: 'low-rank-4',
    label: 'low rank 4',
    about: 'Each weight matrix as the product of two of four columns.',
    changes: everyUplink({ factor: 'low-rank', rank: 4 }),
    claim: { size: '2–4× smaller', drop: '~1 %', most: 1 },
  },
  {
    id: 'pruning-50',
    label: 'pruning 50 %',
    about: 'The smaller half of the weights is taken out of the model, step by step from round 5 to round 25.',
    changes: [...everyUplink({}), { path: 'pruning.sparsity', value: 0.5 }],
    claim: { size: '2–10× smaller', drop: '~1–2 %', most: 2 },
  },
  {
    id: 'student-8',
    label: 'student of 8 units',
    about: 'Trained as FP32; at the end a TinyMLP of 8 hidden units learns from it. Its upload is its own size.',
    changes: everyUplink({}),
    student: 8,
    claim: null,
  },
  { id: 'current', label: 'as set now', about: 'The experiment as it is set, untouched.', changes: [], claim: null },
];

/** @throws {RangeError} if there is none of that id. */
export function pipelineOf(id: string): Pipeline {
  const found = pipelines.find((each) => each.id === id);
  if (!found) throw new RangeError(`There is no pipeline ${id}.`);
  return found;
}
