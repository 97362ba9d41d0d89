// Devices that live and die: memory, batteries, switching nodes off, and models by device.

import { expect, test } from './visitor.ts';

test.describe('memory', () => {
  test('an Arduino is rescued by gradient checkpointing, then by a smaller batch', async ({ visitor, page }) => {
    await visitor.open();
    await visitor.type('Batch size', '32');
    await visitor.step();
    await visitor.trained(20);
    const card = await visitor.inspect('Arduino 2');
    await expect(card).toContainText('needs 32.4 kB');
    await expect(card).toContainText('Out of memory: training needs 424 B more than its RAM.');

    await card.getByRole('button', { name: 'Gradient checkpointing' }).click();
    await expect(page.getByRole('switch', { name: 'Gradient checkpointing' })).toBeChecked();
    await visitor.step();
    await visitor.trained(30);

    await visitor.flip('Gradient checkpointing');
    await card.getByRole('button', { name: 'Batch of 31' }).click();
    await visitor.step();
    await visitor.trained(30);
    await expect(card).toContainText('31.8 kB to train');
  });

  test('nothing rescues an Arduino Uno', async ({ visitor }) => {
    await visitor.open();
    const card = await visitor.inspect('ESP32 1');
    await visitor.more(card);
    await card.getByRole('combobox', { name: 'Kind', exact: true }).selectOption({ label: 'Arduino Uno' });
    await expect(visitor.page.getByText('No batch fits: even one sample needs 12.2 kB more.')).toBeVisible();
    await visitor.step();
    await visitor.trained(29);
  });
});

test('storage: a board too small for its samples is left out, until its model is stored in INT8', async ({
  visitor,
  page,
}) => {
  await visitor.open();
  const card = await visitor.inspect('Arduino 2');
  await visitor.more(card);
  await card.getByText('All figures').click();
  await visitor.type('Storage', '14 kB');
  await visitor.step();
  await visitor.trained(29);
  await expect(card).toContainText('Out of storage: it has to hold 1,016 B more than its storage does.');
  await expect(page.getByText(/absent: 1 out of storage/)).toBeVisible();
  await expect(card.getByRole('button', { name: '80 samples' })).toBeVisible();

  await card.getByRole('button', { name: 'Model in INT8' }).click();
  await visitor.step();
  await visitor.trained(30);
  await expect(card).toContainText('model, 8 bit 1.72 kB');
});

test('batteries: one empties while it works and sends nothing, the fleet dies in its sleep', async ({
  visitor,
  page,
}) => {
  await visitor.open();
  await visitor.unfold('Power');
  await visitor.type('Batteries at the start', '1');
  await visitor.ready();
  const card = await visitor.inspect('Arduino 2');
  await visitor.more(card);
  await card.getByText('All figures').click();
  await visitor.type('Battery', '1');
  await visitor.step();
  await visitor.trained(29);
  await expect(card).toContainText(
    'Battery died on the way: its battery emptied while it worked, and nothing arrived.',
  );
  await visitor.step();
  await expect(card).toContainText('Battery empty: it cannot take part until it is charged.');

  // A Raspberry Pi does not sleep: one per cent of its battery is gone within the hour.
  await visitor.select('A round every', 'Hour');
  await visitor.step();
  await visitor.trained(19);
  await expect(page.getByText(/absent: 11 battery empty/)).toBeVisible();
});

test.describe('switched off by hand', () => {
  test('a gateway dies in the middle of a run and is revived', async ({ visitor, page }) => {
    await visitor.open();
    const card = await visitor.inspect('Gateway 2');
    await visitor.play();
    await visitor.reach(2);
    await visitor.flip('Gateway 2: switched on');
    await expect(card).toContainText('Off: its 10 devices are cut off; rounds go on with what arrives.');
    await visitor.trained(20);
    await expect(visitor.node('Gateway 2')).toContainText('switched off');
    await expect(page.getByText(/absent: 10 cut off/)).toBeVisible();
    const lost = await visitor.inspect('ESP32 13');
    await expect(lost).toContainText('Cut off: Gateway 2 is switched off.');

    await visitor.inspect('Gateway 2');
    await visitor.flip('Gateway 2: switched on');
    await visitor.trained(30);
    await expect(visitor.node('Gateway 2')).toContainText('10 of 10 in');
    await visitor.pause();
  });

  test('behind a broken link a gateway serves its own copy, and without the cache nothing', async ({
    visitor,
    page,
  }) => {
    await visitor.open();
    await visitor.step();
    const card = await visitor.inspect('Gateway 2');
    await visitor.more(card);
    await visitor.flip('Gateway 2: link up');
    await visitor.step();
    await expect(card).toContainText('Serves from its own copy, received in round 1.');
    await expect(page.getByText(/20 of 30 devices trained; absent: 10 lost/)).toBeVisible();
    await visitor.unfold('Links and availability');
    await visitor.flip('Model cache at gateways');
    await visitor.step();
    await expect(card).toContainText('Keeps no copy: every download needs the fog.');
    await expect(page.getByText(/absent: 10 cut off/)).toBeVisible();
  });

  test('a device and its link', async ({ visitor }) => {
    await visitor.open();
    const card = await visitor.inspect('Arduino 2');
    await visitor.flip('Arduino 2: switched on');
    await visitor.step();
    await visitor.trained(29);
    await expect(card).toContainText('Switched off: it was turned off by hand.');
    await visitor.flip('Arduino 2: switched on');
    await visitor.flip('Arduino 2: link up');
    await visitor.step();
    await expect(card).toContainText('Link down: no model reaches it, and no update comes from it.');
    await visitor.trained(29);
  });
});

test('each device takes its model by rule or by hand', async ({ visitor, page }) => {
  await visitor.open();
  await page.getByText('dropout 10 %, one model for all').click();
  await visitor.select('Models', 'By device');
  await visitor.ready();
  await visitor.step();
  await visitor.trained(30);
  const families = page.getByRole('table');
  await expect(families.getByRole('row', { name: /^TinyMLP 10 devices \d/ })).toBeVisible();
  await expect(families.getByRole('row', { name: /^MicroCNN 20 devices \d/ })).toBeVisible();

  const card = await visitor.inspect('Arduino 2');
  await visitor.more(card);
  await visitor.select('Model of Arduino 2', 'MicroCNN');
  await visitor.step();
  await expect(card).toContainText(/Out of memory: training needs .* more than its RAM\./);
  await expect(families.getByRole('row', { name: /^MicroCNN 21 devices/ })).toContainText('1 by hand, 1 too small');
  await card.getByRole('button', { name: 'TinyMLP' }).click();
  await visitor.step();
  await visitor.trained(30);
});

test('an added device shows its data before its first round', async ({ visitor, page }) => {
  await visitor.open();
  await visitor.button('Add a device to Gateway 2').click();
  const card = page.getByRole('region', { name: 'Inspector: ESP32 31' });
  await expect(card).toContainText('100 samples');
  await expect(card).toContainText('Not in a round yet');
});
