// Runs a command: an error is one sentence on stderr, and exit code 2.

import { DataError } from '../../sim/data/dataset.ts';
import { ExperimentError } from '../../sim/experiment/parse-experiment.ts';
import { UsageError } from '../arguments/simulate-arguments.ts';

/** Whether an error is the input's fault, so that its message is a sentence for the user. */
export const isInputError = (error: unknown): error is Error =>
  error instanceof UsageError || error instanceof ExperimentError || error instanceof DataError;

export function runCommand(command: Promise<void>): void {
  // The reader may close the pipe early, as in `simulate | head`: that is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 2);
  });
  command.catch((error: unknown) => {
    // Any other error is a bug of Fogline's, so it is printed with its stack.
    const message = isInputError(error) ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`${message}\n`);
    process.exitCode = 2;
  });
}
