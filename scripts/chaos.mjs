// `npm run test:chaos`: the long form of e2e/chaos.spec.ts. A script, because npm scripts set environment variables differently on
// each operating system.

import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { npmCommand } from './ensure-installed.mjs';

const [file, args, options] = npmCommand(['exec', '--', 'playwright', 'test', 'e2e/chaos.spec.ts']);
const env = { ...process.env, FOGLINE_CHAOS: 'long' };
process.exitCode = spawnSync(file, args, { ...options, env, stdio: 'inherit' }).status ?? 1;
