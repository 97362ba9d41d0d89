// Policies: who is asked, when a round closes, who saves energy, and rounds that wait for nobody.

import { expect, test, type Visitor } from './visitor.ts';

/** Chooses a policy and plays a round with it. */
async function roundWith(visitor: Visitor, policy: string): Promise<void> {
  await visitor.select('Policy', policy);
  await visitor.step();
}

/** Names of the devices that trained in the last round, as the network says. */
async function whoTrained(visitor: Visitor): Promise<string[]> {
  const devices = visitor.page
    .getByRole('region', { name: 'Network', exact: true })
    .getByRole('button', { name: /^(ESP32|Arduino|R-Pi) \d+,.* trained/ });
  const names = await devices.evaluateAll((nodes) =>
    nodes.map((node) => document.getElementById(node.getAttribute('aria-labelledby') ?? '')?.textContent ?? ''),
  );
  return names.map((name) => name.split(',')[0]);
}

test.describe('who takes part', () => {
  test('lots, turns and losses: half of the fleet is asked', async ({ visitor, page }) => {
    await visitor.open();
    await roundWith(visitor, 'Random');
    await visitor.trained(15);
    await expect(page.getByText(/absent: 15 not selected/)).toBeVisible();

    await roundWith(visitor, 'Round-robin');
    const first = await whoTrained(visitor);
    expect(first).toHaveLength(15);
    await visitor.step();
    const second = await whoTrained(visitor);
    expect(new Set([...first, ...second]).size).toBe(30);

    for (const policy of ['Power-of-choice', 'Oort']) {
      await roundWith(visitor, policy);
      await visitor.trained(15);
    }
    await expect(page.getByText('Lai et al. 2021.')).toBeVisible();
    await expect(visitor.slider('Exploration')).toBeVisible();
  });

  test('FedCS and the resource-aware score pass the slow boards over', async ({ visitor }) => {
    await visitor.open();
    await visitor.select('Policy', 'FedCS');
    await visitor.type('Resource request', '100');
    await visitor.step();
    await visitor.trained(15);
    expect((await whoTrained(visitor)).filter((name) => name.startsWith('Arduino'))).toEqual([]);
    await roundWith(visitor, 'Resource-aware');
    await visitor.trained(15);
    expect((await whoTrained(visitor)).filter((name) => name.startsWith('R-Pi'))).toHaveLength(10);
  });

  test('battery-aware asks nobody below its floor; a schedule saves energy', async ({ visitor, page }) => {
    await visitor.open();
    await visitor.unfold('Power');
    await visitor.type('Batteries at the start', '20');
    await visitor.ready();
    await roundWith(visitor, 'Battery-aware');
    await visitor.trained(0);
    await visitor.type('Battery floor', '10');
    await visitor.step();
    await visitor.trained(15);
    await roundWith(visitor, 'Everyone who can');
    await visitor.select('Schedule', 'Above a threshold');
    await visitor.step();
    await expect(page.getByText(/0 of 30 devices trained; absent: 30 saving energy/)).toBeVisible();
  });

  test('a deadline drops the late, and over-selection closes at the goal', async ({ visitor, page }) => {
    await visitor.open();
    await visitor.flip('Close at a deadline');
    await visitor.type('Deadline', '0.5');
    const card = await visitor.inspect('Arduino 2');
    await visitor.step();
    await visitor.trained(20);
    await expect(card).toContainText(/Too late: its update came after the round had closed\. .* were spent\./);
    await visitor.flip('Close at a deadline');
    await visitor.select('Policy', 'Random');
    await visitor.type('Share asked', '50');
    await visitor.type('Over-selection', '30');
    await visitor.step();
    await expect(page.getByText(/^\d+ of 30 devices trained; absent: .*too late/)).toBeVisible();
  });
});

test.describe('rounds that wait for nobody', () => {
  test('FedBuff makes a step of ten updates, FedAsync of one', async ({ visitor, page }) => {
    await visitor.open();
    await visitor.unfold('Aggregation');
    await visitor.select('Wait for', 'Nobody: FedBuff');
    await visitor.ready();
    await expect(visitor.slider('Buffer')).toBeVisible();
    await expect(visitor.slider('Mixing')).toHaveCount(0);
    await visitor.step();
    await expect(page.getByText(/^10 of 30 devices trained; absent: 20 still working/)).toBeVisible();
    expect(await visitor.figure('Round trip')).toBeLessThan(0.5);

    await visitor.select('Wait for', 'Nobody: FedAsync');
    await visitor.ready();
    await expect(visitor.slider('Mixing')).toBeVisible();
    await visitor.step();
    await visitor.trained(10);
  });

  test('by tier: gateways wait for their devices, and the cloud for nobody', async ({ visitor, page }) => {
    await visitor.open();
    await visitor.unfold('Aggregation');
    await visitor.select('Wait for', 'By tier');
    await visitor.ready();
    const flow = page.getByRole('list', { name: 'Who waits for whom' }).getByRole('listitem');
    await expect(flow).toHaveText(['device trains', 'gateway waits', 'fog relays', 'cloud every 10']);
    await visitor.type('Cloud’s buffer', '1');
    await expect(flow.last()).toHaveText('cloud every 1');
    await visitor.step();
    await expect(page.getByText(/1 gateway average of 10 updates came in, .*; only gateways waited\.$/)).toBeVisible();
    await expect(visitor.node('Gateway 1')).toContainText('10 of 10 in');

    await visitor.select('Gateways', 'Buffer');
    await visitor.ready();
    await visitor.type('Gateway’s buffer', '4');
    await visitor.step();
    await expect(flow.nth(1)).toHaveText('gateway every 4');
    await expect(visitor.node('Gateway 1')).toContainText(/[0-3] of buffer 4/);

    await visitor.select('Cloud', 'Wait for all');
    await visitor.ready();
    await visitor.step();
    await visitor.trained(30);
    await visitor.unfold('Aggregation');
    await expect(page.getByText('gateways every 4, cloud waits')).toBeVisible();
  });

  test('is not offered while each device has its own model, nor the other way round', async ({ visitor, page }) => {
    await visitor.open();
    await visitor.unfold('Aggregation');
    await visitor.select('Wait for', 'Nobody: FedAsync');
    await page.getByText('dropout 10 %, one model for all').click();
    const models = page.getByRole('combobox', { name: 'Models' });
    await expect(models.getByRole('option', { name: 'By device' })).toBeDisabled();
    await expect(page.getByText('By device only where rounds are synchronous')).toBeVisible();
    await visitor.select('Wait for', 'Everyone');
    await visitor.select('Models', 'By device');
    const wait = page.getByRole('combobox', { name: 'Wait for' });
    await expect(wait.getByRole('option', { name: 'Nobody: FedBuff' })).toBeDisabled();
    await expect(page.getByText('FedAsync and FedBuff learn one model')).toBeVisible();
  });
});

test('the timeline: a lane a device and tier, and a lane selects its node', async ({ visitor, page }) => {
  await visitor.open();
  await visitor.step();
  const story = page.getByRole('region', { name: 'The round’s story' });
  const slowest = story.getByRole('button', { name: /^Arduino 2, the round waited for it: receives the model: / });
  await expect(slowest).toBeVisible();
  await expect(story.getByRole('button', { name: /^Fog 1: / })).toBeVisible();
  await expect(story.getByRole('button', { name: /^Cloud: aggregates/ })).toBeVisible();
  await slowest.click();
  await expect(page.getByRole('region', { name: 'Inspector: Arduino 2' })).toBeVisible();
  const fold = story.getByRole('button', { name: '10 devices of Gateway 2' });
  const closed = await fold.getAttribute('aria-expanded');
  await fold.click();
  await expect(fold).toHaveAttribute('aria-expanded', closed === 'true' ? 'false' : 'true');
});
