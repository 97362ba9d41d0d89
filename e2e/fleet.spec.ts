import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './visitor.ts';

test('a fleet of a thousand devices: painted, and still there for the keyboard and the pointer', async ({
  visitor,
  page,
}) => {
  await visitor.open();
  const { keyboard, mouse } = page;
  await page.getByText('Fleet', { exact: true }).click();
  await visitor.type('Gateways per fog', '10');
  await visitor.type('Devices per gateway', '100');
  await expect(page.getByText('1,000 devices, 10 gateways', { exact: true })).toBeVisible();
  const fleet = page.getByRole('img', { name: /^1,000 devices/ });
  await expect(fleet).toBeVisible();
  await visitor.ready();

  await test.step('by keyboard, from a gateway to its devices', async () => {
    await visitor.node('Gateway 5').focus();
    await keyboard.press('ArrowDown');
    await expect(page.getByRole('button', { name: /^\S+ 401,/ })).toBeFocused();
    await keyboard.press('ArrowRight');
    const device = page.getByRole('button', { name: /^\S+ 402,/ });
    await expect(device).toBeFocused();
    await expect(device).toHaveAccessibleName(/ 402, battery 100 %, no round yet$|, mains, no round yet$/);
    await keyboard.press('Enter');
    await expect(page.getByRole('region', { name: /^Inspector: \S+ 402$/ })).toBeVisible();
    await keyboard.press('ArrowUp');
    await expect(page.getByRole('button', { name: /^Link from \S+ 402 up to Gateway 5$/ })).toBeFocused();
    await keyboard.press('Escape');
    await expect(page.getByRole('region', { name: /^Inspector/ })).toBeHidden();
  });

  await test.step('by pointer', async () => {
    // The first device of the first gateway hangs at the left end of its first row.
    await visitor.node('Gateway 1').focus();
    await keyboard.press('ArrowDown');
    const device = page.getByRole('button', { name: /^\S+ 1, / });
    const box = await device.boundingBox();
    await visitor.node('Cloud').focus();
    await expect(device).toBeHidden();
    if (!box) throw new Error('The device has no place.');
    await mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await expect(device).toBeVisible();
    await mouse.down();
    await mouse.up();
    await expect(page.getByRole('region', { name: /^Inspector: \S+ 1$/ })).toBeVisible();
  });

  await test.step('a round', async () => {
    await visitor.step();
    await visitor.trained(1000, 1000);
    await expect(visitor.node('Gateway 5')).toContainText('100 of 100 in');
  });

  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
});

test('two hundred LoRaWAN nodes in a few steps, and many of them made another kind at once', async ({
  visitor,
  page,
}) => {
  await visitor.open();
  await page.getByText('Fleet', { exact: true }).click();
  await visitor.type('Gateways per fog', '2');
  await visitor.type('Devices per gateway', '100');
  await visitor.select('Kinds of device', 'LoRaWAN nodes');
  await expect(page.getByText('200 devices, 2 gateways', { exact: true })).toBeVisible();
  await visitor.ready();

  const gateway = await visitor.inspect('Gateway 1');
  await visitor.more(gateway);
  await visitor.select('Kind of its devices', 'NB-IoT node');
  await expect(gateway.getByRole('button', { name: 'Undo for 100 devices' })).toBeVisible();

  await visitor.inspect('NB-IoT 1');
  await visitor.select('A new kind is for', 'all 200 devices');
  await visitor.select('Kind', 'ESP32 (datasheet)');
  await expect(visitor.node('ESP32 200')).toBeAttached();
  // Its card has its new name.
  const card = page.getByRole('region', { name: 'Inspector: ESP32 1', exact: true });
  await card.getByRole('button', { name: 'Undo for 200 devices' }).click();
  await expect(visitor.node('LoRa 200')).toBeAttached();
  await expect(visitor.node('NB-IoT 100')).toBeAttached();
});

test('rounds at intervals: bytes a day and a lifetime, on the tiles and on a device’s card, with their formula', async ({
  visitor,
  page,
}) => {
  await visitor.open();
  await page.getByText('Power', { exact: true }).click();
  await visitor.select('A round every', 'Hour');
  await visitor.step();
  await expect(visitor.tile('Energy a round')).toContainText(/first battery: \d/);
  // 34 links of 7,085 B, 24 times a day.
  await expect(visitor.tile('Uplink a round')).toContainText('5.78 MB up a day');
  const card = await visitor.inspect('ESP32 1');
  await visitor.more(card);
  await expect(card).toContainText('170 kB up');
  await expect(card).toContainText(/\d years\s*lifetime when full/);
  await card.getByRole('button', { name: 'The lifetime is modelled: show the formula' }).click();
  await expect(page.getByText(/usable joules of a full battery ÷ mean power/)).toBeVisible();
});
