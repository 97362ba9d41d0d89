// Metrics from logits: loss in nats, probabilities and the predicted class. Computed in double precision outside the program, so that
// one read of the logits yields losses and accuracies, and a loss stays finite where a float32 softmax would be zero. A sample's loss
// is then rounded to a float32: JavaScript leaves the last bit of exp and log to the engine and its processor, and without the
// rounding the same run would differ in that bit between machines.

/** log Σ exp(logits / temperature) of the `classes` values from `at` on. */
function logSumExp(logits: Float32Array, at: number, classes: number, temperature: number): number {
  let max = logits[at];
  for (let c = 1; c < classes; c++) max = Math.max(max, logits[at + c]);
  let sum = 0;
  for (let c = 0; c < classes; c++) sum += Math.exp((logits[at + c] - max) / temperature);
  return Math.log(sum) + max / temperature;
}

/** −log softmax(logits)[label] of the `classes` values from `at` on. */
export function crossEntropy(logits: Float32Array, at: number, label: number, classes: number): number {
  return Math.fround(logSumExp(logits, at, classes, 1) - logits[at + label]);
}

/** softmax(logits / temperature) of every row of `classes` values. */
export function probabilities(logits: Float32Array, classes: number, temperature: number): Float32Array {
  const result = new Float32Array(logits.length);
  for (let at = 0; at < logits.length; at += classes) {
    const total = logSumExp(logits, at, classes, temperature);
    for (let c = 0; c < classes; c++) result[at + c] = Math.exp(logits[at + c] / temperature - total);
  }
  return result;
}

/** KL(teacher ‖ softmax(logits / temperature)) of the row of `teacher` from `from` on and the row of `logits` from `at` on. */
export function klDivergence(
  teacher: Float32Array,
  from: number,
  logits: Float32Array,
  at: number,
  { classes, temperature }: { readonly classes: number; readonly temperature: number },
): number {
  const total = logSumExp(logits, at, classes, temperature);
  let sum = 0;
  for (let c = 0; c < classes; c++) {
    const target = teacher[from + c];
    const log = logits[at + c] / temperature - total;
    // Both rows sum to one, the teacher's to seven digits only: adding the difference of the sums corrects that error.
    sum += Math.exp(log) - target;
    if (target > 0) sum += target * (Math.log(target) - log);
  }
  return Math.fround(sum);
}

/** The class with the largest logit; the first of equals. */
export function predictedClass(logits: Float32Array, at: number, classes: number): number {
  let best = 0;
  for (let c = 1; c < classes; c++) if (logits[at + c] > logits[at + best]) best = c;
  return best;
}
