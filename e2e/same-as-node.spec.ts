import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { readExperiment } from '../src/cli/arguments/read-experiment.ts';
import { toOutputLine } from '../src/cli/simulate/output-line.ts';
import type { Experiment } from '../src/sim/experiment/experiment.ts';
import { buildTopology } from '../src/sim/fleet/topology.ts';
import { fleetDailyProjection, PROJECTION_ROUNDS } from '../src/sim/record/daily-projection.ts';
import type { RoundRecord } from '../src/sim/record/record.ts';
import { expect, test } from './visitor.ts';

const ROUNDS = 5;

const cases: readonly { what: string; file: string | null }[] = [
  { what: 'the default experiment', file: null },
  { what: 'batteries, sun, changing links and devices that come and go', file: 'examples/battery-life.json' },
];

for (const { what, file } of cases) {
  test(`${what}: identical records in the browser and in Node, and twice in the browser`, async ({ visitor, page }) => {
    const experiment = await readExperiment({ file, rounds: ROUNDS, seed: null, backend: 'wasm' });
    await visitor.open();
    // The site's own worker, spoken to as the page does.
    const workerUrl = page.workers()[0].url();
    const runInBrowser = (wanted: Experiment) =>
      page.evaluate(
        async ({ url, experiment }) => {
          const worker = new Worker(url, { type: 'module' });
          const records: RoundRecord[] = [];
          await new Promise<void>((resolve, reject) => {
            worker.onmessage = ({ data }) => {
              if (data.type === 'failed') reject(new Error(data.message));
              if (data.type === 'rounds') records.push(...data.records);
              if (data.type === 'stopped') resolve();
            };
            worker.postMessage({ type: 'open', run: 1, experiment, edits: [], backend: 'wasm' });
            worker.postMessage({ type: 'play', run: 1 });
          });
          worker.terminate();
          // Typed arrays do not cross to the test as such.
          return JSON.stringify(records, (_, value) =>
            ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value,
          );
        },
        { url: workerUrl, experiment: wanted },
      );
    const first = await runInBrowser(experiment);
    expect(await runInBrowser(experiment)).toBe(first);

    const options = [...(file === null ? [] : [file]), '--rounds', String(ROUNDS), '--backend', 'wasm'];
    const { stdout } = await promisify(execFile)('npx', ['tsx', 'src/cli/simulate.ts', ...options]);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .map(({ wall_ms: _, ...line }) => line);
    expect(lines).toHaveLength(ROUNDS);
    // JSON has no NaN: it wrote null.
    const records: RoundRecord[] = JSON.parse(first, (_, value) => (value === null ? Number.NaN : value));
    const topology = buildTopology(experiment.fleet);
    const expected = records.map((record, index) => {
      const last = records.slice(Math.max(0, index - PROJECTION_ROUNDS), index + 1);
      return toOutputLine(record, fleetDailyProjection(last, experiment, topology));
    });
    expect(lines).toEqual(expected);
  });
}
