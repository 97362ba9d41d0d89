// Runs a command: what goes wrong is one sentence on stderr, and exit code 2.

import { DataError } from '../sim/data/data-error.ts';
import { ExperimentError } from '../sim/experiment/parse-experiment.ts';
import { UsageError } from './arguments/simulate-arguments.ts';

/** Whether an error is the input's fault, whose message is a sentence for people. */
export const isExpected = (error: unknown): error is Error =>
  error instanceof UsageError || error instanceof ExperimentError || error instanceof DataError;

export function orFail(command: Promise<void>): void {
  // Whoever reads the lines may have enough of them: `simulate | head` ends quietly.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 2);
  });
  command.catch((error: unknown) => {
    // Anything else is a fault of Fogline's own, and says where.
    const words = isExpected(error) ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`${words}\n`);
    process.exitCode = 2;
  });
}
