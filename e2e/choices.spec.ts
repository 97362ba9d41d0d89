import { expect, test, type Visitor } from './visitor.ts';

/** Plays at full speed until at least so many rounds are done; the run goes on, or is over by then. */
async function playRounds(visitor: Visitor, rounds: number): Promise<void> {
  await visitor.atFullSpeed();
  await visitor.play();
  await visitor.reach(rounds);
}

const chooseData = (visitor: Visitor, label: string) =>
  visitor.page.getByRole('combobox', { name: 'Data set' }).selectOption({ label });

test.describe('data and models', () => {
  test('Weather stations: real days of two cities, fetched as the app’s own file, with their source', async ({
    visitor,
    page,
  }) => {
    await visitor.open();
    const file = page.waitForResponse((response) => /weather.*\.csv$/.test(response.url()));
    await chooseData(visitor, 'Weather stations');
    const response = await file;
    expect(response.ok()).toBe(true);
    expect(new URL(response.url()).origin).toBe(new URL(page.url()).origin);
    await visitor.ready();
    await page.getByRole('button', { name: /about Weather stations/ }).click();
    await expect(page.getByText(/NOAA/).first()).toBeVisible();
    await page.keyboard.press('Escape');
    await playRounds(visitor, 60);
    expect(await visitor.figure('Accuracy')).toBeGreaterThan(70);
  });

  test('Tutorial noise: labels without a signal stay at about 20 %', async ({ visitor }) => {
    await visitor.open();
    await chooseData(visitor, 'Tutorial noise');
    await visitor.ready();
    await playRounds(visitor, 60);
    const accuracy = await visitor.figure('Accuracy');
    expect(accuracy).toBeGreaterThan(14);
    expect(accuracy).toBeLessThan(26);
  });

  test('MicroCNN learns on the devices that have room for it', async ({ visitor, page }) => {
    await visitor.open();
    await visitor.select('Model', 'MicroCNN');
    await visitor.ready();
    await visitor.type('Learning rate', '0.2');
    await playRounds(visitor, 60);
    expect(await visitor.figure('Accuracy')).toBeGreaterThan(60);
    await expect(page.getByText('20 of 30 devices trained')).toBeVisible();
  });

  test('a device alone sees few classes when α is small', async ({ visitor }) => {
    await visitor.open();
    await visitor.type('Label skew, Dirichlet α', '0.05');
    await visitor.ready();
    const card = await visitor.inspect('ESP32 1');
    await visitor.more(card);
    const counts = await card.locator('.class-bars dd').allTextContents();
    expect(counts.map(Number).reduce((a, b) => a + b)).toBe(100);
    expect(Math.max(...counts.map(Number))).toBeGreaterThan(80);
  });

  test('the backend can be chosen, and the page says why it picked one', async ({ visitor, page }) => {
    await visitor.open();
    await page.getByRole('button', { name: /^Trains on/ }).click();
    await expect(page.getByText(/ ms/).first()).toBeVisible();
    await visitor.choose('Train on', 'CPU');
    await visitor.ready();
    await page.keyboard.press('Escape');
    await visitor.step();
    await expect(page.getByRole('button', { name: 'Trains on CPU' })).toBeVisible();
  });
});
