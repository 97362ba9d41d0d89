// Finds a Chromium for the end-to-end tests: the path in FOGLINE_CHROMIUM, else Playwright's own, else the system's. Run as a
// program it also installs one if there is none: Playwright's download, or else Debian's package.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const MINUTE = 60_000;
const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** An existing path is not enough: Playwright's build may lack libraries, and Ubuntu's `chromium-browser` may be an empty package. */
function runs(/** @type {string} */ path) {
  if (!existsSync(path)) return false;
  if (process.platform === 'win32') return true; // there `--version` would open a window
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: MINUTE / 2 }).status === 0;
}

/** The path of a Chromium that runs, or undefined. */
export async function findChromium() {
  const named = process.env.FOGLINE_CHROMIUM;
  if (named) {
    if (runs(named)) return named;
    throw new Error(`FOGLINE_CHROMIUM names ${named}, and that does not run.`);
  }
  const { chromium } = await import('@playwright/test');
  const folders = (process.env.PATH ?? '').split(delimiter);
  const system = SYSTEM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [chromium.executablePath(), ...system].find(runs);
}

/** Playwright's download, without output: where it fails, the next way is tried. */
function downloadFromPlaywright() {
  const cli = createRequire(import.meta.url).resolve('@playwright/test/cli');
  spawnSync(process.execPath, [cli, 'install', 'chromium'], {
    stdio: 'ignore',
    timeout: 5 * MINUTE,
    env: { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' },
  });
}

/** Debian's package, where there is apt-get and the permission to use it. */
function installFromDebian() {
  const isRoot = process.getuid?.() === 0;
  const apt = (/** @type {string[]} */ ...args) => {
    const command = isRoot ? ['apt-get', ...args] : ['sudo', '-n', 'apt-get', ...args];
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    return spawnSync(command[0], command.slice(1), { stdio: 'ignore', timeout: 5 * MINUTE, env }).status === 0;
  };
  if (apt('update')) apt('install', '-y', 'chromium');
}

async function findOrInstall() {
  const found = await findChromium();
  if (found) return found;
  for (const [what, install] of /** @type {const} */ ([
    ["Playwright's Chromium", downloadFromPlaywright],
    ["Debian's Chromium", installFromDebian],
  ])) {
    console.log(`Installing ${what} …`);
    install();
    const path = await findChromium();
    if (path) return path;
  }
  throw new Error('No Chromium was found, and none could be installed: install one, or name it in FOGLINE_CHROMIUM.');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(await findOrInstall());
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
    process.exit(1);
  }
}
