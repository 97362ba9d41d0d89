import { expect, test } from './visitor.ts';

test.describe('a run', () => {
  test('plays, pauses, steps and starts over', async ({ visitor, page }) => {
    await visitor.open();
    await expect(page.getByText('30 simulated devices')).toBeVisible();
    await visitor.play();
    await visitor.reach(2);
    await visitor.pause();
    const paused = await visitor.round();
    await visitor.step();
    expect(await visitor.round()).toBe(paused + 1);
    await expect(page.getByText(/simulated$/).first()).toBeVisible();
    await visitor.button('Reset').click();
    await visitor.ready();
    expect(await visitor.round()).toBe(0);
    await expect(page.getByText('30 simulated devices')).toBeVisible();
  });

  test('the space bar plays and pauses', async ({ visitor, page }) => {
    await visitor.open();
    await page.keyboard.press('Space');
    await expect(visitor.status).toHaveText('Running');
    await visitor.reach(1);
    await page.keyboard.press('Space');
    await visitor.ready();
  });

  test('ends after its rounds, and goes on when more are asked for', async ({ visitor, page }) => {
    await visitor.open();
    await visitor.atFullSpeed();
    await page.getByText('Run', { exact: true }).click();
    await visitor.type('Rounds', '5');
    await visitor.play();
    await expect(visitor.status).toHaveText('Finished');
    expect(await visitor.round()).toBe(5);
    await visitor.type('Rounds', '8');
    await visitor.play();
    await visitor.reach(8);
  });

  test('ends at a target accuracy and says so, and goes on when it is taken back', async ({ visitor, page }) => {
    await visitor.open();
    await visitor.atFullSpeed();
    await visitor.unfold('Run');
    await visitor.type('Target accuracy', '50 %');
    await visitor.play();
    await expect(visitor.status).toHaveText('Finished');
    await expect(
      page.getByText(/^Round \d+ reached the target accuracy of 50 % with .*: the run ends\.$/),
    ).toBeVisible();
    await expect(page.getByText('Target met')).toBeVisible();
    const ended = await visitor.round();
    expect(ended).toBeLessThan(100);
    await visitor.type('Target accuracy', '0');
    await visitor.play();
    await visitor.reach(ended + 1);
  });

  test('misses the 1 s target with FP32 and meets it with INT8, one click away', async ({ visitor }) => {
    await visitor.open();
    await visitor.step();
    expect(await visitor.figure('Round trip')).toBeGreaterThan(1);
    await expect(visitor.tile('Round trip')).toContainText('target under 1 s');
    const bytes = await visitor.figure('Uplink a round');
    await visitor.page.getByRole('button', { name: /Try INT8/ }).click();
    await visitor.step();
    expect(await visitor.figure('Round trip')).toBeLessThan(1);
    // INT8 of TinyMLP is 1,838 B with its header and scales, FP32 7,085 B.
    const after = await visitor.figure('Uplink a round');
    expect(after / bytes).toBeCloseTo(1838 / 7085, 2);
  });
});
