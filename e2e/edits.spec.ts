import { expect, test } from './visitor.ts';

test.describe('live edits', () => {
  test('a faster link and processor shorten the rounds to come, not the past', async ({ visitor }) => {
    await visitor.open();
    await visitor.step();
    const before = await visitor.figure('Round trip');
    const card = await visitor.inspect('Arduino 2');
    await expect(card).toContainText('straggler');
    await visitor.type('Uplink', '1000');
    await visitor.type('CPU', '500');
    await card.getByRole('button', { name: 'Apply to all Arduino' }).click();
    expect(await visitor.figure('Round trip')).toBe(before);
    await visitor.step();
    expect(await visitor.figure('Round trip')).toBeLessThan(before - 0.4);
    // The curve answers, and keeps its past.
    const reader = visitor.slider('Round trip: round to read');
    // The curves are drawn a moment after the tile: with one round alone the first is the last, and Home would choose nothing.
    await expect(reader).toHaveAttribute('aria-valuetext', /^Round 2:/);
    await reader.press('Home');
    await expect(reader).toHaveAttribute('aria-valuetext', /1\.22 s/);
    await reader.press('End');
    await expect(reader).not.toHaveAttribute('aria-valuetext', /1\.22 s/);
  });

  test('a bad value is refused with a sentence that says what would be right', async ({ visitor, page }) => {
    await visitor.open();
    await page.getByRole('button', { name: /^Learning rate: .*Type a value$/ }).click();
    const field = page.getByRole('textbox', { name: 'Learning rate' });
    await field.fill('5');
    await field.press('Enter');
    await expect(page.getByText(/0\.0001.*1/).first()).toBeVisible();
    await field.press('Escape');
    await expect(page.getByRole('button', { name: /^Learning rate: 0\.1/ })).toBeVisible();
  });

  test('a number is typed as people write it: with a comma, with a unit, or in the unit that the field shows', async ({
    visitor,
    page,
  }) => {
    await visitor.open();
    await visitor.type('Learning rate', '0,05');
    await expect(page.getByRole('button', { name: /^Learning rate: 0\.05\. / })).toBeVisible();
    await visitor.inspect('ESP32 1');
    const uplink = (shown: string) => page.getByRole('button', { name: `Uplink: ${shown}. Type a value` });
    await expect(uplink('1 Mbit/s')).toBeVisible();
    await visitor.type('Uplink', '2,5');
    await expect(uplink('2.5 Mbit/s')).toBeVisible();
    await visitor.type('Uplink', '250 kbit/s');
    await expect(uplink('250 kbit/s')).toBeVisible();
    // Left with nonsense in it, the field says so and keeps its value.
    await uplink('250 kbit/s').click();
    const field = page.getByRole('textbox', { name: 'Uplink', exact: true });
    await field.fill('20 GB');
    await field.press('Tab');
    await expect(page.getByRole('alert').filter({ hasText: '“20 GB” cannot be read' })).toBeVisible();
    await expect(uplink('250 kbit/s')).toBeVisible();
  });

  test('codecs by tier: bytes fall by the ratio that the codec really has', async ({ visitor, page }) => {
    await visitor.open();
    await visitor.step();
    const fp32 = await visitor.figure('Uplink a round');
    await visitor.choose('All uplinks', 'INT4');
    await visitor.step();
    // TinyMLP: 956 B of 7,085 B.
    expect((await visitor.figure('Uplink a round')) / fp32).toBeCloseTo(956 / 7085, 2);
    const tier = page.getByRole('group', { name: 'Codec, device → gateway' });
    await tier.locator('summary').click();
    await tier.getByRole('combobox', { name: 'Quantise' }).selectOption({ label: 'FP16' });
    await visitor.step();
    // 30 of 34 uplinks at FP16, the others still at INT4.
    expect((await visitor.figure('Uplink a round')) / fp32).toBeCloseTo((30 * 3555 + 4 * 956) / (34 * 7085), 2);
  });

  test('what cannot change during a run restarts it, and says so', async ({ visitor, page }) => {
    await visitor.open();
    await visitor.step();
    await visitor.select('Model', 'MicroCNN');
    await expect(page.getByText('Model cannot change during a run: it starts again from round 1.')).toBeVisible();
    await visitor.ready();
    expect(await visitor.round()).toBe(0);
    await visitor.step();
    await expect(page.getByText('20 of 30 devices trained')).toBeVisible();
    await expect(page.getByText(/out of memory/).first()).toBeVisible();
  });
});

test.describe('the fleet', () => {
  test('a device is added, moved and removed', async ({ visitor, page }) => {
    await visitor.open();
    await visitor.button('Add a device to Gateway 2').click();
    const card = page.getByRole('region', { name: 'Inspector: ESP32 31' });
    await expect(card).toBeVisible();
    await visitor.step();
    await expect(page.getByText('31 of 31 devices trained')).toBeVisible();
    await visitor.more(card);
    await card.getByRole('combobox', { name: 'Under' }).selectOption({ label: 'Gateway 3' });
    await visitor.step();
    await expect(visitor.node('Gateway 3')).toContainText('11 of 11 in');
    await card.getByRole('button', { name: 'Remove' }).click();
    await expect(card).toBeHidden();
    await visitor.step();
    await expect(page.getByText('30 of 30 devices trained')).toBeVisible();
  });

  test('a removed gateway leaves its devices to another', async ({ visitor, page }) => {
    await visitor.open();
    const card = await visitor.inspect('Gateway 1');
    await visitor.more(card);
    await card.getByRole('button', { name: 'Remove' }).click();
    await visitor.step();
    await expect(page.getByText('30 of 30 devices trained')).toBeVisible();
    await expect(visitor.node('Gateway 1')).toHaveCount(0);
  });

  test('grows to 300 devices that all train', async ({ visitor, page }) => {
    await visitor.open();
    await page.getByText('Fleet', { exact: true }).click();
    await visitor.type('Devices per gateway', '100');
    await visitor.ready();
    await visitor.step();
    await expect(page.getByText('300 of 300 devices trained')).toBeVisible();
  });
});
