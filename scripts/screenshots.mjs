// Takes the screenshots in docs/, of the built site in the middle of a run: INT8 was set live some rounds ago, a device is selected,
// and the messages of a round are in flight.

import { mkdirSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { findChromium } from './chromium.mjs';

/** @typedef {import('@playwright/test').Page} Page */

const folder = fileURLToPath(new URL('../docs/', import.meta.url));
const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const INT8_FROM = 10; // rounds
const SHOWN_ROUND = 24;
/** Milliseconds into the round's slow motion: most devices are receiving the model. */
const TIME_IN_ROUND = 380;

/** @type {{ file: string, viewport: typeof DESKTOP, colorScheme: 'light' | 'dark' }[]} */
const pictures = [
  { file: 'fogline-light.png', viewport: DESKTOP, colorScheme: 'light' },
  { file: 'fogline-dark.png', viewport: DESKTOP, colorScheme: 'dark' },
  { file: 'fogline-phone.png', viewport: PHONE, colorScheme: 'light' },
];

/** Steps until the wanted round is completed. */
async function stepTo(/** @type {Page} */ page, /** @type {number} */ round) {
  const progress = page.getByRole('progressbar', { name: 'Progress of the run' });
  const done = async () => Number(await progress.getAttribute('aria-valuenow'));
  for (let before = await done(); before < round; before = await done()) {
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await page.waitForFunction(
      (from) => Number(document.querySelector('[role="progressbar"]')?.getAttribute('aria-valuenow')) > from,
      before,
    );
  }
}

async function prepareScene(/** @type {Page} */ page) {
  const isPhone = page.viewportSize()?.width === PHONE.width;
  const show = (/** @type {string} */ view) =>
    page.getByRole('radiogroup', { name: 'View' }).getByText(view, { exact: true }).click();
  const button = (/** @type {string} */ name) => page.getByRole('button', { name, exact: true });

  await page.getByRole('status').filter({ hasText: 'Paused' }).waitFor();
  await stepTo(page, INT8_FROM - 1);
  if (isPhone) await show('Settings');
  await page.getByRole('radiogroup', { name: 'All uplinks' }).getByText('INT8', { exact: true }).click();
  if (isPhone) await show('Network');
  await stepTo(page, SHOWN_ROUND - 1);
  if (!isPhone) {
    const network = page.getByRole('region', { name: 'Network', exact: true });
    await network.getByRole('button', { name: /^Arduino 14,/ }).click();
    await page.getByRole('region', { name: 'Inspector: Arduino 14' }).waitFor();
  }
  await page.getByRole('slider', { name: 'Speed' }).press('Home');
  await button('Play').click();
  // No element shall show focus or hover in the picture.
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await page.mouse.move(0, 0);
  await page.locator(`.message-canvas[data-round="${SHOWN_ROUND}"]`).waitFor();
  await page.waitForTimeout(TIME_IN_ROUND);
}

const executablePath = await findChromium();
if (!executablePath) throw new Error('There is no Chromium to take pictures with: run `npm run chromium` first.');
const server = await preview({ preview: { host: '127.0.0.1', port: 0 }, logLevel: 'silent' });
const browser = await chromium.launch({ executablePath });
try {
  mkdirSync(folder, { recursive: true });
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error('The preview server has no address.');
  for (const { file, viewport, colorScheme } of pictures) {
    const context = await browser.newContext({ viewport, colorScheme });
    const page = await context.newPage();
    await page.goto(address);
    await prepareScene(page);
    await page.screenshot({ path: `${folder}${file}` });
    await context.close();
    console.log(`docs/${file}`);
  }
} finally {
  await browser.close();
  await server.close();
}
process.exit(0);
