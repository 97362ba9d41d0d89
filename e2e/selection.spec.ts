import type { Locator } from '@playwright/test';
import { expect, test, type Visitor } from './visitor.ts';

const middleOf = async (node: Locator) => {
  const box = await node.boundingBox();
  if (!box) throw new Error('The node has no place.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, radius: box.width / 2 };
};

const cardOf = (visitor: Visitor, count: string) =>
  visitor.page.getByRole('region', { name: `Inspector: ${count} devices`, exact: true });

test('with the mouse: several devices are selected, made another kind, set, switched off and removed, each with one undo', async ({
  visitor,
  page,
}) => {
  await visitor.open();
  const { mouse, keyboard } = page;

  await visitor.node('ESP32 1').click();
  await visitor.node('Arduino 2').click({ modifiers: ['Shift'] });
  await visitor.node('R-Pi 3').click({ modifiers: ['ControlOrMeta'] });
  const card = cardOf(visitor, '3');
  await expect(card).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: '3 devices selected' })).toBeAttached();
  const kinds = card.getByRole('list', { name: 'Kinds of the selected devices' });
  await expect(kinds.getByRole('listitem')).toHaveText(['1 ESP32', '1 Arduino', '1 R-Pi']);
  await expect(visitor.node('Arduino 2')).toHaveAccessibleName(/, selected$/);

  await test.step('one is taken out again', async () => {
    await visitor.node('R-Pi 3').click({ modifiers: ['Shift'] });
    await expect(cardOf(visitor, '2')).toBeVisible();
    await expect(visitor.node('R-Pi 3')).not.toHaveAccessibleName(/, selected$/);
  });

  await test.step('a box adds those in it', async () => {
    const under = page.getByRole('button', { name: /^\S+ (2[1-9]|30), / });
    await expect(under).toHaveCount(10);
    const places = await Promise.all((await under.all()).map(middleOf));
    const beside = Math.max(...places.map(({ radius }) => radius)) + 2;
    const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
    await keyboard.down('Shift');
    await mouse.move(Math.min(...xs) - beside, Math.min(...ys) - beside);
    await mouse.down();
    await mouse.move(Math.max(...xs) + beside, Math.max(...ys) + beside, { steps: 4 });
    await mouse.up();
    await keyboard.up('Shift');
    await expect(cardOf(visitor, '12')).toBeVisible();
  });

  const twelve = cardOf(visitor, '12');
  await test.step('another kind, and back', async () => {
    await visitor.select('Kind of the selected devices', 'NB-IoT node');
    await expect(visitor.node('NB-IoT 1')).toBeAttached();
    await expect(visitor.node('NB-IoT 30')).toBeAttached();
    await expect(visitor.node('R-Pi 3')).toBeAttached();
    await twelve.getByRole('button', { name: 'Undo for 12 devices' }).click();
    await expect(visitor.node('ESP32 1')).toBeAttached();
    await expect(visitor.node('R-Pi 30')).toBeAttached();
  });

  await test.step('a figure', async () => {
    await visitor.more(twelve);
    await visitor.type('Uplink', '2 Mbit/s');
    await twelve.getByRole('button', { name: 'Set for 12 devices' }).click();
    await expect(twelve).toContainText('now 2 Mbit/s');
    await twelve.getByRole('button', { name: 'Undo for 12 devices' }).click();
    await expect(twelve).toContainText('now 100 kbit/s to 10 Mbit/s');
  });

  await test.step('switched off', async () => {
    await twelve.getByRole('button', { name: 'Switch off' }).click();
    await expect(twelve).toContainText('12 off');
    await visitor.step();
    await visitor.trained(18);
    await twelve.getByRole('button', { name: 'Switch on' }).click();
    await expect(twelve).not.toContainText('12 off');
  });

  await test.step('removed', async () => {
    await twelve.getByRole('button', { name: 'Remove' }).click();
    await expect(twelve).toBeHidden();
    await expect(visitor.node('ESP32 1')).toHaveCount(0);
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await expect(visitor.node('ESP32 1')).toBeVisible();
    await expect(twelve).toBeVisible();
  });

  await test.step('never all of them', async () => {
    await visitor.node('Cloud').click({ modifiers: ['Shift'] });
    const all = cardOf(visitor, '30');
    await all.getByRole('button', { name: 'Remove' }).click();
    await expect(page.getByRole('status').filter({ hasText: /^These are all 30 devices/ })).toBeVisible();
    await expect(all).toBeVisible();
  });

  await test.step('a plain click selects one, and one on the empty ground none', async () => {
    await visitor.node('ESP32 1').click();
    await expect(page.getByRole('region', { name: 'Inspector: ESP32 1', exact: true })).toBeVisible();
    await visitor.node('Arduino 2').click({ modifiers: ['Shift'] });
    await expect(cardOf(visitor, '2')).toBeVisible();
    const cloud = await middleOf(visitor.node('Cloud'));
    await mouse.click(cloud.x + 4 * cloud.radius, cloud.y);
    await expect(page.getByRole('region', { name: /^Inspector/ })).toBeHidden();
  });
});

test('with the keyboard: devices of a painted fleet are selected together, made another kind and removed', async ({
  visitor,
  page,
}) => {
  await visitor.open();
  const { keyboard } = page;
  await page.getByText('Fleet', { exact: true }).click();
  await visitor.type('Gateways per fog', '10');
  await visitor.type('Devices per gateway', '100');
  await expect(page.getByRole('img', { name: /^1,000 devices/ })).toBeVisible();
  await visitor.ready();

  await visitor.node('Gateway 5').focus();
  await keyboard.press('ArrowDown');
  const first = page.getByRole('button', { name: /^\S+ 401,/ });
  await expect(first).toBeFocused();
  await keyboard.press('Shift+Enter');
  await keyboard.press('ArrowRight');
  await expect(page.getByRole('button', { name: /^\S+ 402,/ })).toBeFocused();
  await keyboard.press('Shift+Space');
  await expect(cardOf(visitor, '2')).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: '2 devices selected' })).toBeAttached();

  // A gateway stands for its devices.
  await visitor.node('Gateway 5').focus();
  await keyboard.press('Shift+Enter');
  const card = cardOf(visitor, '100');
  await expect(card).toBeVisible();
  const kind = card.getByRole('combobox', { name: 'Kind of the selected devices' });
  await kind.focus();
  await kind.selectOption({ label: 'LoRaWAN node' });
  await expect(card.getByRole('listitem')).toHaveText('100 LoRa');
  await card.getByRole('button', { name: 'Undo for 100 devices' }).focus();
  await keyboard.press('Enter');
  await expect(card.getByRole('listitem')).not.toHaveText(['100 LoRa']);

  await visitor.node('Gateway 4').focus();
  await keyboard.press('ArrowDown');
  const other = page.getByRole('button', { name: /^\S+ 301,/ });
  await expect(other).toBeFocused();
  await keyboard.press('Shift+Enter');
  await expect(cardOf(visitor, '101')).toBeVisible();
  await keyboard.press('Delete');
  await expect(page.getByRole('img', { name: /^899 devices/ })).toBeVisible();
  await expect(page.getByRole('region', { name: /^Inspector/ })).toBeHidden();

  await visitor.node('Gateway 4').focus();
  await keyboard.press('Shift+Enter');
  await expect(cardOf(visitor, '99')).toBeVisible();
  await keyboard.press('Escape');
  await expect(page.getByRole('region', { name: /^Inspector/ })).toBeHidden();
});
