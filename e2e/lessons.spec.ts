// A lesson from the menu: it says what to do, and what it says comes true.

import { expect, test } from './visitor.ts';

test('a lesson stays in sight while it is worked on, and is right', async ({ visitor, page }) => {
  await visitor.open();
  await page.getByRole('button', { name: /^Experiment: Factory motors/ }).click();
  await page.getByRole('menuitem', { name: /^Three stragglers/ }).click();
  await visitor.ready();
  const lesson = page.getByRole('complementary', { name: 'Lesson: Three stragglers' });
  await expect(lesson).toContainText('every round last 2.35 s');
  await expect(page.getByRole('button', { name: 'Experiment: Three stragglers · 30 devices' })).toBeVisible();

  await visitor.step();
  await expect(page.getByText(/^Round 1 took 2\.35 s/)).toBeVisible();
  await visitor.flip('Close at a deadline');
  await visitor.step();
  await expect(page.getByText(/^Round 2 took 5\d\d ms/)).toBeVisible();
  await expect(lesson).toBeVisible();

  await lesson.getByRole('button', { name: 'Close the lesson' }).click();
  await expect(lesson).toBeHidden();
  await expect(page.getByRole('button', { name: 'Experiment: Factory motors · 30 devices' })).toBeVisible();
});
