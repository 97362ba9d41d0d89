// Everything that can be taken from the page is taken, at random moments of a run: its worker is killed, made to spin, filled
// until no memory is left, thrown an error into; its WebGL context or the whole graphics process is lost; its files are missing;
// the network is gone. Each time a sentence must say so within five seconds, no record may be lost, and Play must work
// afterwards without loading the page again. The moments come from a fixed seed. `npm run test:chaos` does fifty runs and every
// file of the site; otherwise a few.

import { readdirSync } from 'node:fs';
import { type BrowserContext, type CDPSession, expect, type Page, test } from '@playwright/test';
import { Rng } from '../src/sim/random.ts';
import { Visitor } from './visitor.ts';

const isLong = process.env.FOGLINE_CHAOS === 'long';
const RUNS = isLong ? 50 : 6;
const SENTENCE_WITHIN = 5000; // milliseconds

test.use({ trace: 'off', screenshot: 'off' });

interface Sentence {
  readonly at: number;
  readonly text: string;
}

/** Notes every sentence that the page raises as an alert, from its first moment on: some are soon followed by good news. */
const noteSentences = (page: Page) =>
  page.addInitScript(() => {
    const sentences: Sentence[] = [];
    let shown = '';
    Object.assign(window, { sentences });
    new MutationObserver(() => {
      const alerts = [...document.querySelectorAll('[role="alert"]')];
      // Of a backend that is missing the list of backends says so.
      const reasons = [...document.querySelectorAll('.backend-reason')];
      const missing = reasons.filter(({ textContent }) => textContent?.includes('could not be loaded'));
      const text = [...alerts, ...missing].map(({ textContent }) => textContent ?? '').join(' ');
      if (text.trim() !== '' && text !== shown) sentences.push({ at: Date.now(), text });
      shown = text;
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });

const sentencesOf = (page: Page) =>
  page.evaluate(() => (window as unknown as { sentences: Sentence[] }).sentences) as Promise<Sentence[]>;

/** Speaks to the simulation's worker as a debugger does: nothing in the product helps. */
class WorkerDebugger {
  readonly #cdp: CDPSession;
  /** Workers of earlier pages may take a while to end. */
  #earlier = new Set<string>();
  constructor(cdp: CDPSession) {
    this.#cdp = cdp;
  }
  async #workers() {
    const { targetInfos } = await this.#cdp.send('Target.getTargets', { filter: [{ type: 'worker' }] });
    return targetInfos.filter(({ url, targetId }) => url.includes('sim.worker') && !this.#earlier.has(targetId));
  }
  async ignorePresent(): Promise<void> {
    this.#earlier = new Set((await this.#workers()).map(({ targetId }) => targetId));
  }
  /** Evaluates in the page's worker, in a task of its own after the debugger's: that one is still answered. */
  async run(expression: string): Promise<void> {
    const [target, ...others] = await this.#workers();
    if (!target || others.length > 0) throw new Error('There must be one worker to speak to.');
    const { sessionId } = await this.#cdp.send('Target.attachToTarget', { targetId: target.targetId, flatten: false });
    const params = { expression: `setTimeout(() => { ${expression} })` };
    const message = JSON.stringify({ id: 1, method: 'Runtime.evaluate', params });
    const isTaken = new Promise((resolve) => this.#cdp.once('Target.receivedMessageFromTarget', resolve));
    await this.#cdp.send('Target.sendMessageToTarget', { sessionId, message });
    await isTaken;
    // A worker that has ended by now took its session along.
    await this.#cdp.send('Target.detachFromTarget', { sessionId }).catch(() => {});
  }
}

/** Keeps the worker's WebGL contexts where the debugger finds them. */
const keepContexts = (page: Page) =>
  page.route(/sim\.worker-.*\.js$/, async (route) => {
    const response = await route.fetch();
    const prelude = `const { getContext } = OffscreenCanvas.prototype; self.contexts = [];
      OffscreenCanvas.prototype.getContext = function (...all) {
        const context = getContext.apply(this, all);
        if (context) self.contexts.push(context);
        return context;
      };`;
    await route.fulfill({ response, body: prelude + (await response.text()) });
  });

interface Scene {
  readonly page: Page;
  readonly visitor: Visitor;
  readonly context: BrowserContext;
  readonly worker: WorkerDebugger;
  readonly cdp: CDPSession;
}

interface Trouble {
  readonly name: string;
  readonly backend?: 'WebGL';
  /** What is taken. */
  readonly make: (scene: Scene) => Promise<void>;
  /** What comes back before Play is pressed again. */
  readonly end?: (scene: Scene) => Promise<void>;
}

const troubles: readonly Trouble[] = [
  { name: 'the worker is killed', make: ({ worker }) => worker.run('close()') },
  { name: 'the worker spins', make: ({ worker }) => worker.run('for (;;) {}') },
  {
    name: 'the worker’s memory is full',
    make: ({ worker }) => worker.run('const all = []; for (;;) all.push([all.length])'),
  },
  {
    name: 'the WebGL context is lost',
    backend: 'WebGL',
    make: ({ worker }) =>
      worker.run("for (const gl of self.contexts) gl.getExtension('WEBGL_lose_context')?.loseContext()"),
  },
  {
    name: 'the worker is killed while the network is gone',
    make: async ({ worker, context }) => {
      await context.setOffline(true);
      await worker.run('close()');
    },
    end: async ({ context, page }) => {
      await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible({ timeout: 20_000 });
      await context.setOffline(false);
    },
  },
  {
    name: 'the weather is chosen while the network is gone',
    make: async ({ context, visitor }) => {
      await context.setOffline(true);
      await visitor.select('Data set', 'Weather stations');
    },
    end: ({ context }) => context.setOffline(false),
  },
  { name: 'the worker throws', make: ({ worker }) => worker.run("throw new Error('bad luck')") },
  {
    name: 'no array can be made any more',
    make: ({ worker }) => worker.run('self.Float32Array = null; self.Float64Array = null'),
  },
  {
    name: 'the graphics process crashes',
    backend: 'WebGL',
    make: async ({ cdp }) => {
      await cdp.send('Browser.crashGpuProcess');
    },
    // The tests after this one share the browser: its graphics process is back before they begin.
    end: ({ page }) =>
      expect.poll(() => page.evaluate(() => document.createElement('canvas').getContext('webgl2') !== null)).toBe(true),
  },
  {
    name: 'the lab is opened while the network is gone',
    make: async ({ context, visitor }) => {
      await context.setOffline(true);
      await visitor.button('Measure all codecs').click();
    },
    end: ({ context }) => context.setOffline(false),
  },
];

const rng = new Rng('chaos');
const runs = Array.from({ length: RUNS }, (_, index) => {
  const own = rng.split('run', index);
  return { number: index + 1, trouble: troubles[index % troubles.length], moment: Math.round(own.between(200, 4000)) };
});

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1);

for (const { number, trouble, moment } of runs) {
  test(`run ${number}: ${trouble.name}, ${seconds(moment)} s after Play`, async ({ page, context, browser }) => {
    test.setTimeout(120_000);
    const visitor = new Visitor(page);
    const cdp = await browser.newBrowserCDPSession();
    const scene: Scene = { page, visitor, context, cdp, worker: new WorkerDebugger(cdp) };
    await scene.worker.ignorePresent();
    await noteSentences(page);
    if (trouble.backend) await keepContexts(page);
    await visitor.open();
    if (trouble.backend) {
      await page.getByRole('button', { name: /^Trains on/ }).click();
      await visitor.choose('Train on', trouble.backend);
      await page.keyboard.press('Escape');
      await visitor.ready();
      await visitor.step();
    }
    await visitor.play();
    await page.waitForTimeout(moment);

    const before = await visitor.round();
    const known = (await sentencesOf(page)).length;
    const began = Date.now();
    await trouble.make(scene);
    await expect.poll(async () => (await sentencesOf(page)).length, { timeout: 20_000 }).toBeGreaterThan(known);
    const first = (await sentencesOf(page))[known];
    const after = first.at - began;
    console.log(`  measured: "${first.text}" after ${seconds(after)} s`);
    expect(after).toBeLessThan(SENTENCE_WITHIN);
    await trouble.end?.(scene);

    // No record is lost, and the run goes on: by itself, or when it is told to.
    await expect.poll(() => visitor.round()).toBeGreaterThanOrEqual(before);
    const play = visitor.button('Play');
    if (await play.isVisible()) await play.click();
    await visitor.reach(Math.max(before, await visitor.round()) + 2);
    await visitor.pause();
    const paused = await visitor.round();
    await visitor.step();
    expect(await visitor.round()).toBe(paused + 1);
    await cdp.detach();
  });
}

test('leaving a run under way asks first; a finished or a fresh page does not', async ({ page }) => {
  const visitor = new Visitor(page);
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    return dialog.dismiss();
  });
  await visitor.open();
  await page.reload();
  await visitor.ready();
  expect(asked).toEqual([]);
  await visitor.step();
  const round = await visitor.round();
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => asked).toEqual(['beforeunload']);
  expect(await visitor.round()).toBe(round);
  // And a sideways swipe does not leave it at all.
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).overscrollBehaviorX)).toBe('none');
});

/** Files without which the page does all that it does: a mark in the tab, a typeface, a hint that is not given. */
const isOrnament = (file: string) => /\.(svg|woff2)$|^(prediction|battery|sub-models|spec-changes)-/.test(file);

const files = readdirSync('dist/assets').filter((file) => !isOrnament(file));
const wanted = isLong
  ? files
  : files.filter((file) => /^(first-load-.*\.js|sim\.worker|charts-panel-.*js|lab-.*js)/.test(file));

for (const file of wanted) {
  test(`missing: ${file}`, async ({ page }) => {
    const visitor = new Visitor(page);
    let isAskedFor = 0;
    await noteSentences(page);
    await page.route(new RegExp(file.replaceAll('.', '\\.')), (route) => {
      isAskedFor ||= Date.now();
      return route.fulfill({ status: 404 });
    });
    await page.goto('./');
    await expect(visitor.status.or(page.getByRole('alert').filter({ hasText: /\w/ })).first()).toBeVisible();
    // A look at all that is loaded later, as far as the page came at all.
    if (await visitor.status.isVisible()) await lookAround(visitor);
    if (!isAskedFor) return;
    await expect.poll(async () => (await sentencesOf(page)).length, { timeout: 20_000 }).toBeGreaterThan(0);
    const [{ at, text }] = await sentencesOf(page);
    console.log(`  measured: "${text}" after ${seconds(at - isAskedFor)} s`);
    expect(at - isAskedFor).toBeLessThan(SENTENCE_WITHIN);

    await page.unrouteAll();
    const reload = page.getByRole('button', { name: 'Load the page again', exact: true });
    const again = page.getByRole('button', { name: 'Try again' });
    if (await reload.isVisible()) await reload.click();
    else if (await again.first().isVisible()) await again.first().click();
    const play = visitor.button('Play');
    await expect(play.or(visitor.button('Pause'))).toBeEnabled();
    if (await play.isVisible()) await play.click();
    await visitor.reach((await visitor.round()) + 1);
  });
}

/** What is fetched only when somebody looks. */
async function lookAround(visitor: Visitor): Promise<void> {
  const { page } = visitor;
  await expect(page.getByText('Loading …')).toBeHidden();
  const isReady = await visitor.ready().then(
    () => true,
    () => false,
  );
  if (!isReady) return;
  for (const name of [/^Experiment: /, /^Trains on/, /^Round trip is modelled/]) {
    await page.getByRole('button', { name }).first().click();
    await page.waitForTimeout(600);
    await page.keyboard.press('Escape');
  }
  await visitor
    .button('Measure all codecs')
    .click({ timeout: 2000 })
    .catch(() => {});
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Start' })
    .click({ timeout: 2000 })
    .catch(() => {});
  await page.waitForTimeout(700);
  await page.keyboard.press('Escape');
  await visitor
    .node('Arduino 2')
    .click({ timeout: 2000 })
    .catch(() => {});
  await page.waitForTimeout(500);
}
