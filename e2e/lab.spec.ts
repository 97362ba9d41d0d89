import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test, type Visitor } from './visitor.ts';

async function seriousViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

const openTable = async (visitor: Visitor): Promise<Locator> => {
  await visitor.button('Measure all codecs').click();
  const lab = visitor.page.getByRole('dialog', { name: 'What every byte buys' });
  await expect(lab).toBeVisible();
  return lab;
};

test.describe('inside a packet', () => {
  test('of a device: its bytes add up, other codecs’ sizes, and one click to switch', async ({ visitor, page }) => {
    await visitor.open();
    await visitor.choose('All uplinks', 'INT4');
    await visitor.step();
    await visitor.step();
    await page.getByRole('button', { name: 'Link from Arduino 2 up to Gateway 1' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Look inside the packet' }).click();
    const lab = page.getByRole('dialog', { name: 'Inside the packet' });
    // 1,765 values of 4 bits, two scales for each of six tensors, header and checksum.
    await expect(lab.getByText('21 + 48 + 883 + 4 = 956 B')).toBeVisible();
    await expect(lab.getByRole('img', { name: /^Histogram of the values/ })).toBeVisible();
    await expect(lab.getByRole('img', { name: /^fc1.weight after: relative error/ })).toBeVisible();
    await expect(lab.getByText('header: 46 67 02')).toBeVisible();

    // Another round, and the other direction.
    await lab.getByRole('button', { name: 'Previous round' }).click();
    await expect(lab.getByRole('textbox', { name: 'Round' })).toHaveValue('1');
    await lab.getByText('Down to Arduino 2').click();
    await expect(lab.getByText('= 7,085 B')).toBeVisible();
    await lab.getByText('Up to Gateway 1').click();

    const table = lab.getByRole('region', { name: 'The same message under every codec' });
    await table.getByRole('button', { name: 'Use this codec: INT8', exact: true }).click();
    await expect(table.getByRole('status')).toContainText('INT8, device → gateway, from the next round on.');
    await lab.getByRole('button', { name: 'Latest' }).click();
    await table.getByRole('button', { name: 'Run one round' }).click();
    await expect(lab.getByText('21 + 48 + 1,765 + 4 = 1,838 B')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(lab).toBeHidden();
  });

  test('of the fog’s link', async ({ visitor, page }) => {
    await visitor.open();
    await visitor.step();
    await page.getByRole('button', { name: 'Link from Fog 1 up to Cloud' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Look inside the packet' }).click();
    const lab = page.getByRole('dialog', { name: 'Inside the packet' });
    await expect(lab.getByText('21 + 7,060 + 4 = 7,085 B')).toBeVisible();
    await expect(lab.getByRole('row', { name: /FP32 .* exact this packet/ })).toBeVisible();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(lab).toBeHidden();
    await expect(page.getByRole('button', { name: 'Look inside the packet' })).toBeFocused();
  });

  test('on a phone it takes the page, and breaks no serious rule @phone', async ({ visitor, page }) => {
    await visitor.open();
    await visitor.step();
    const card = await visitor.inspect('ESP32 1');
    await visitor.more(card);
    await card.getByRole('button', { name: 'Packet', exact: true }).click();
    const lab = page.getByRole('dialog', { name: 'Inside the packet' });
    await expect(lab.getByText('= 7,085 B')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    expect(await seriousViolations(page)).toEqual([]);
    await lab.getByRole('button', { name: 'Close the lab' }).click();
    await expect(lab).toBeHidden();
  });
});

test.describe('codecs by their sliders', () => {
  test('what top-k keeps moves bytes, time, energy and what is learnt', async ({ visitor, page }) => {
    await visitor.open();
    await visitor.choose('All uplinks', 'top-k 10 %');
    await visitor.step();
    const [bytes, time, energy] = await Promise.all(
      ['Uplink a round', 'Round trip', 'Energy a round'].map((name) => visitor.figure(name)),
    );
    const pipeline = page.getByRole('group', { name: 'Codec, device → gateway' });
    await pipeline.locator('summary').click();
    // To the end of its slider: everything is sent, and no indices.
    await pipeline.getByRole('slider', { name: 'Keep' }).press('End');
    await visitor.step();
    expect(await visitor.figure('Uplink a round')).toBeGreaterThan(4 * bytes);
    expect(await visitor.figure('Round trip')).toBeGreaterThan(time + 0.3);
    expect(await visitor.figure('Energy a round')).toBeGreaterThan(energy + 1);
    await expect(visitor.tile('Accuracy')).toContainText('in 1 round');
  });

  test('an adaptive device sends less when its link is dragged down', async ({ visitor }) => {
    await visitor.open();
    await visitor.select('Codec', 'By link rate');
    await visitor.step();
    const card = await visitor.inspect('Arduino 2');
    await visitor.more(card);
    // Within 0.2 s at 100 kbit/s, 10 ms of latency included.
    await expect(card).toContainText('1.84 kB as INT8');
    await visitor.type('Uplink', '20');
    await visitor.step();
    await expect(card).toContainText('as top-k 10 % + INT8');
  });
});

test.describe('the efficiency table', () => {
  test('measures every pipeline beside the tutorial’s claims, while the run stays as it is', async ({
    visitor,
    page,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await visitor.open();
    await visitor.step();
    const lab = await openTable(visitor);
    await lab.getByRole('combobox', { name: 'Rounds of each run' }).selectOption('5');
    await lab.getByRole('button', { name: 'Start' }).click();
    await expect(lab.getByRole('progressbar', { name: 'Measuring' })).toBeVisible();
    await expect(lab.getByText('Measured.')).toBeVisible({ timeout: 45_000 });
    expect(await visitor.round()).toBe(1);
    await expect(lab.getByText(/^One seed is an anecdote/)).toBeVisible();
    await expect(lab.getByRole('row', { name: /^FP32/ })).toContainText('100.0 %');
    await expect(lab.getByRole('row', { name: /^INT8/ })).toContainText('25.9 %25 %');
    await expect(lab.getByRole('img', { name: /^Accuracy against bytes .*Pareto front/ })).toBeVisible();
    expect(await seriousViolations(page)).toEqual([]);

    await lab.getByRole('button', { name: 'Copy as CSV' }).click();
    await expect(lab.getByText(/^\d+ rows copied as CSV/)).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain('Pipeline,Rounds,Seeds,Bytes up a round');
    expect(copied).toContain('\nINT8,5,1,');
  });

  test('measures with several seeds, shows the spread, and says no more than it allows', async ({ visitor, page }) => {
    await visitor.open();
    const lab = await openTable(visitor);
    await lab.getByRole('combobox', { name: 'Rounds of each run' }).selectOption('5');
    await lab.getByRole('combobox', { name: 'Seeds of each pipeline' }).selectOption('3');
    await lab.getByRole('button', { name: 'Start' }).click();
    await expect(lab.getByText('Measured.')).toBeVisible({ timeout: 60_000 });
    await expect(lab.getByRole('row', { name: /^FP32/ })).toContainText(/\d\.\d ± \d+\.\d %/);
    await expect(lab.getByRole('row', { name: /^FP32/ })).toContainText('0.0 ± 0.0');
    await expect(lab.getByText(/^Over 3 seeds, /)).toBeVisible();
    await expect(lab.getByText(/^One seed is an anecdote/)).toHaveCount(0);
    expect(await seriousViolations(page)).toEqual([]);
  });

  test('can be cancelled, and keeps what was measured', async ({ visitor }) => {
    await visitor.open();
    const lab = await openTable(visitor);
    await lab.getByRole('combobox', { name: 'Rounds of each run' }).selectOption('20');
    await lab.getByRole('button', { name: 'Start' }).click();
    await expect(lab.getByRole('row', { name: /^FP32/ })).toContainText('100.0 %', { timeout: 30_000 });
    await lab.getByRole('button', { name: 'Cancel' }).click();
    await expect(lab.getByText('Cancelled; what was measured stays.')).toBeVisible();
    await expect(lab.getByRole('row', { name: /^FP32/ })).toContainText('100.0 %');
    await expect(lab.getByRole('progressbar')).toHaveCount(0);
    await expect(lab.getByRole('button', { name: 'Measure again' })).toBeVisible();
  });
});
