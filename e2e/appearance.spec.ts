import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { crossedBoxes, smallTargets } from './page-boxes.ts';
import { expect, test } from './visitor.ts';

async function seriousViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

const overflow = (page: Page) =>
  page.evaluate(() => ({
    width: document.documentElement.scrollWidth - window.innerWidth,
    height: document.documentElement.scrollHeight - window.innerHeight,
  }));

for (const scheme of ['light', 'dark'] as const) {
  test.describe(`in the ${scheme} theme`, () => {
    test.use({ colorScheme: scheme });

    test('the page fits 1440 × 900 and breaks no serious rule of accessibility', async ({ visitor, page }) => {
      await visitor.open();
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
      expect(await seriousViolations(page)).toEqual([]);
      await visitor.step();
      await visitor.inspect('Arduino 2');
      await expect(visitor.chart('Accuracy and loss')).toBeVisible();
      expect(await overflow(page)).toEqual({ width: 0, height: 0 });
      expect(await seriousViolations(page)).toEqual([]);
    });

    test('a phone shows it without sideways scrolling, and breaks no serious rule @phone', async ({
      visitor,
      page,
    }) => {
      await visitor.open();
      await visitor.step();
      for (const view of ['Network', 'Curves', 'Settings']) {
        await visitor.choose('View', view);
        expect((await overflow(page)).width, view).toBeLessThanOrEqual(0);
        expect(await seriousViolations(page), view).toEqual([]);
      }
    });
  });
}

test('the theme can be switched, and is kept', async ({ visitor, page }) => {
  await visitor.open();
  const scheme = () => page.locator('html').getAttribute('data-mantine-color-scheme');
  await page.getByRole('button', { name: 'Theme: as the system. Change to light' }).click();
  await page.getByRole('button', { name: 'Theme: light. Change to dark' }).click();
  await expect.poll(scheme).toBe('dark');
  await page.reload();
  await visitor.ready();
  expect(await scheme()).toBe('dark');
});

test('a phone plays, inspects a device and shows the curves @phone', async ({ visitor }) => {
  await visitor.open();
  await visitor.play();
  await visitor.reach(2);
  await visitor.pause();
  await visitor.choose('View', 'Curves');
  await expect(visitor.chart('Energy')).toBeVisible();
  await visitor.choose('View', 'Settings');
  await visitor.choose('All uplinks', 'INT8');
  await visitor.step();
  expect(await visitor.figure('Round trip')).toBeLessThan(1);
  await visitor.choose('View', 'Network');
  const card = await visitor.inspect('Arduino 2');
  await card.getByRole('button', { name: 'Close the inspector' }).click();
  await expect(card).toBeHidden();
});

test('what was unfolded among the settings is so when a phone comes back to them @phone', async ({ visitor, page }) => {
  await visitor.open();
  await visitor.choose('View', 'Settings');
  await visitor.unfold('Fleet');
  await page.getByText('dropout 10 %, one model for all').click();
  await visitor.choose('View', 'Network');
  await expect(visitor.node('Gateway 1')).toBeVisible();
  await visitor.choose('View', 'Settings');
  await expect(visitor.slider('Fog nodes')).toBeVisible();
  await expect(visitor.slider('Dropout')).toBeVisible();
});

test('reduced motion: a round passes without moving dots', async ({ visitor, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await visitor.open();
  await visitor.play();
  await visitor.reach(2);
  const running = await page.evaluate(
    () => document.getAnimations().filter((each) => each.playState === 'running').length,
  );
  expect(running).toBe(0);
});

test('no link crosses a node or a name, whatever the fleet and the width', async ({ visitor, page }) => {
  await visitor.open();
  for (const fleet of ['3 devices', '30 devices', '100 devices', '300 devices']) {
    await page.getByRole('button', { name: /^Experiment/ }).click();
    await page.getByRole('menuitem', { name: fleet }).click();
    await expect(page.locator('.react-flow__node-device')).toHaveCount(Number.parseInt(fleet, 10));
    for (const [width, height] of [
      [1024, 768],
      [1440, 900],
      [1920, 1080],
    ]) {
      await page.setViewportSize({ width, height });
      await expect.poll(() => crossedBoxes(page), { message: `${fleet} at ${width}` }).toEqual([]);
    }
  }
});

test('the card of a node stands beside the network, which takes what is left', async ({ visitor, page }) => {
  await visitor.open();
  await visitor.step();
  const card = await visitor.inspect('Arduino 2');
  const nodes = page.locator('.react-flow__node');
  for (const [width, height] of [
    [1024, 768],
    [1440, 900],
    [1920, 1080],
  ]) {
    await page.setViewportSize({ width, height });
    const covered = async () => {
      const box = await card.boundingBox();
      const network = await page.getByRole('application').or(page.locator('.network-graph')).first().boundingBox();
      if (!box || !network) return ['no card or no network'];
      const all = await nodes.evaluateAll((elements) =>
        elements.map((each) => ({ id: each.dataset.id ?? '', rect: each.getBoundingClientRect().toJSON() })),
      );
      const meets = (rect: { left: number; right: number; top: number; bottom: number }) =>
        rect.right > box.x && rect.left < box.x + box.width && rect.bottom > box.y && rect.top < box.y + box.height;
      return all
        .filter(
          ({ rect }) =>
            meets(rect) ||
            rect.left < network.x ||
            rect.right > network.x + network.width ||
            rect.bottom > network.y + network.height,
        )
        .map(({ id }) => id);
    };
    await expect.poll(covered, { message: `at ${width}` }).toEqual([]);
  }
});

test('everything that can be pressed is at least 24 × 24 px', async ({ visitor, page }) => {
  await visitor.open();
  await visitor.step();
  const card = await visitor.inspect('Arduino 2');
  await visitor.more(card);
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true;
  });
  expect(await smallTargets(page)).toEqual([]);
});

test('on a phone too everything that can be pressed is at least 24 × 24 px @phone', async ({ visitor, page }) => {
  await visitor.open();
  await visitor.step();
  for (const view of ['Curves', 'Settings', 'Network']) {
    await visitor.choose('View', view);
    expect(await smallTargets(page), view).toEqual([]);
  }
  const card = await visitor.inspect('Arduino 2');
  await visitor.more(card);
  expect(await smallTargets(page, '.inspector'), 'the card').toEqual([]);
});

test('on a phone a swipe over the network scrolls the page; one finger moves the network if asked @phone', async ({
  visitor,
  page,
}) => {
  await visitor.open();
  await visitor.step();
  const network = page.locator('.network-graph-canvas');
  const touch = await page.context().newCDPSession(page);
  const swipe = async () => {
    const box = await network.boundingBox();
    if (!box) throw new Error('There is no network.');
    // Beside the fog, where there is nothing but ground.
    const x = Math.round(box.x + 0.9 * box.width);
    const from = Math.round(Math.min(box.y + 110, 700));
    const at = (y: number) => ({ touchPoints: [{ x, y }] });
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', ...at(from) });
    for (let moved = 15; moved <= 150; moved += 15)
      await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', ...at(from - moved) });
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  };
  const transform = () => page.locator('.react-flow__viewport').evaluate((element) => element.style.transform);
  const scrolled = () => page.evaluate(() => window.scrollY);
  const before = await transform();
  await swipe();
  await expect.poll(scrolled).toBeGreaterThan(60);
  expect(await transform()).toBe(before);

  await page.getByRole('button', { name: 'Move the network with one finger' }).click();
  // In the middle of the page, which a swipe could scroll either way.
  const middle = 150;
  await page.evaluate((y) => window.scrollTo(0, y), middle);
  await expect.poll(scrolled).toBe(middle);
  await swipe();
  await expect.poll(transform).not.toBe(before);
  expect(await scrolled()).toBe(middle);
});

for (const [name, width, height] of [
  ['a page at 200 %', 720, 450],
  ['a phone that lies', 844, 390],
] as const) {
  test(`${name} shows the whole network at once`, async ({ visitor, page }) => {
    await page.setViewportSize({ width, height });
    await visitor.open();
    await visitor.step();
    const below = () =>
      page
        .locator('.react-flow__node')
        .evaluateAll(
          (nodes, edge) => nodes.filter((each) => each.getBoundingClientRect().bottom > edge).length,
          height,
        );
    await expect.poll(below).toBe(0);
    expect((await overflow(page)).width).toBeLessThanOrEqual(0);
  });
}

test('forced colours leave switches, choices, sliders, pies and bars to be seen', async ({ visitor, page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await visitor.open();
  await visitor.step();
  await visitor.inspect('Arduino 2');
  /** Whether an element's own or a part's background is not the page's. */
  const stands = (selector: string, part?: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element, pseudo) => {
        const { backgroundColor, backgroundImage, borderTopWidth } = getComputedStyle(element, pseudo);
        const page = getComputedStyle(document.body).backgroundColor;
        const isPlain = backgroundColor === page || backgroundColor === 'rgba(0, 0, 0, 0)';
        return !isPlain || backgroundImage !== 'none' || borderTopWidth !== '0px';
      }, part);
  for (const [selector, part] of [
    ['.mantine-Switch-input:checked + .mantine-Switch-track'],
    ['.controls-panel .mantine-Switch-track'],
    ['.mantine-SegmentedControl-indicator'],
    ['.device-fill-switch-choice input:checked + span'],
    ['.mantine-Slider-track', '::before'],
    ['.mantine-Slider-bar'],
    ['.device-face'],
    ['.timeline-track'],
    ['.timeline-legend > li', '::before'],
    ['.energy-bar-track > span'],
    ['.meter-bar'],
    ['.device-fill-switch-swatch'],
    ['.run-status-bar'],
  ])
    expect(await stands(selector, part), `${selector}${part ?? ''}`).toBe(true);
});

test('whole names stand on tiles and devices, those of stragglers too', async ({ visitor, page }) => {
  await visitor.open();
  await visitor.step();
  for (const [width, height] of [
    [1024, 768],
    [1440, 900],
    [1920, 1080],
  ]) {
    await page.setViewportSize({ width, height });
    const cut = () =>
      page
        .locator('.tile-label:visible, .device-node-kind:visible')
        .evaluateAll((names) =>
          names.filter((name) => name.scrollWidth > name.clientWidth).map((name) => name.parentElement?.textContent),
        );
    await expect.poll(cut, { message: `at ${width}` }).toEqual([]);
  }
});

/** Nodes that are not quite within the network's part of the page. */
const outOfSight = (page: Page) =>
  page.locator('.react-flow__node').evaluateAll((nodes) => {
    const graph = document.querySelector('.react-flow')?.getBoundingClientRect();
    const isWithin = ({ left, right, top, bottom }: DOMRect) =>
      graph && left >= graph.left && right <= graph.right && top >= graph.top && bottom <= graph.bottom;
    return nodes.filter((node) => !isWithin(node.getBoundingClientRect())).map((node) => node.getAttribute('data-id'));
  });

test('the whole network follows when a phone’s page becomes a wide one, and comes on paper', async ({
  visitor,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await visitor.open();
  await page.getByRole('button', { name: /^Experiment/ }).click();
  await page.getByRole('menuitem', { name: '300 devices' }).click();
  await expect(page.locator('.react-flow__node-device')).toHaveCount(300);
  await page.setViewportSize({ width: 1024, height: 768 });
  await expect.poll(() => outOfSight(page)).toEqual([]);
  await visitor.button('Zoom in').click();
  await visitor.button('Zoom in').click();
  await expect.poll(() => outOfSight(page)).not.toEqual([]);
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await expect.poll(() => outOfSight(page)).toEqual([]);
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect.poll(() => outOfSight(page)).not.toEqual([]);
});

test('one sheet of paper holds the network, the curves, the tiles and the settings', async ({ visitor, page }) => {
  await visitor.open();
  await visitor.step();
  for (const format of ['A4', 'Letter'])
    for (const landscape of [false, true]) {
      const pdf = (await page.pdf({ format, landscape })).toString('latin1');
      expect(pdf.match(/\/Type\s*\/Page\b/g), `${format} ${landscape ? 'lying' : 'upright'}`).toHaveLength(1);
    }
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText(/30 devices, 3 gateways, 1 fog · uplinks FP32 · seed 1/)).toBeVisible();
  await expect(visitor.chart('Bytes')).toBeVisible();
  await expect(visitor.tile('Accuracy')).toBeVisible();
  await expect(visitor.button('Play')).toBeHidden();
});
