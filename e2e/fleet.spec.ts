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
  await expect(page.getByText('1,000 devices, 10 gateways')).toBeVisible();
  const crowd = page.getByRole('img', { name: /^1,000 devices/ });
  await expect(crowd).toBeVisible();
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
