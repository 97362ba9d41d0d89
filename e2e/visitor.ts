// A visitor of the page: what they do and see, by role and name. Every test fails if the console is not clean.

import { test as base, expect, type Locator, type Page } from '@playwright/test';

export { expect };

export class Visitor {
  constructor(readonly page: Page) {}

  /** Opens the page and waits until a run can begin. */
  async open(path = './'): Promise<void> {
    await this.page.goto(path);
    await this.ready();
  }

  ready(): Promise<void> {
    return expect(this.status).toHaveText('Paused');
  }

  /** What a screen reader is told of the run. */
  get status(): Locator {
    return this.page
      .getByRole('status')
      .filter({ hasText: /^(Preparing|Paused|Pausing|Running|One round|Finished|Stopped|Starting|Catching)/ });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  slider(name: string): Locator {
    return this.page.getByRole('slider', { name, exact: true });
  }

  /** Plays as fast as the machine can. */
  async atFullSpeed(): Promise<void> {
    await this.slider('Speed').press('End');
  }

  async play(): Promise<void> {
    await this.button('Play').click();
  }

  async pause(): Promise<void> {
    await this.button('Pause').click();
    await this.ready();
  }

  /** One round, waited for. */
  async step(): Promise<void> {
    const before = await this.round();
    await this.button('Step').click();
    await this.reach(before + 1);
    await this.ready();
  }

  /** Types a value into a setting's or a figure's field. */
  async type(name: string, value: string): Promise<void> {
    await this.page.getByRole('button', { name: new RegExp(`^${name}: .*Type a value$`) }).click();
    const field = this.page.getByRole('textbox', { name, exact: true });
    await field.fill(value);
    await field.press('Enter');
  }

  /** Clicks one of a row of choices, as a visitor would: on its label. */
  async choose(group: string, option: string): Promise<void> {
    await this.page.getByRole('radiogroup', { name: group }).getByText(option, { exact: true }).click();
  }

  /** Opens a folded section of the settings. */
  async unfold(title: string): Promise<void> {
    await this.page.getByRole('heading', { name: title, exact: true }).click();
  }

  /** Chooses one of a select's options. */
  async select(name: string, option: string): Promise<void> {
    await this.page.getByRole('combobox', { name, exact: true }).selectOption({ label: option });
  }

  /** Turns a switch, with the space bar. */
  async flip(name: string): Promise<void> {
    await this.page.getByRole('switch', { name, exact: true }).press('Space');
  }

  /** Waits until the last round's story tells of so many devices. */
  async trained(count: number, of = 30): Promise<void> {
    const [some, all] = [count, of].map((devices) => devices.toLocaleString('en'));
    await expect(this.page.getByText(new RegExp(`^${some} of ${all} devices trained`))).toBeVisible();
  }

  get progress(): Locator {
    return this.page.getByRole('progressbar', { name: 'Progress of the run' });
  }

  async round(): Promise<number> {
    return Number(await this.progress.getAttribute('aria-valuenow'));
  }

  /** Waits until at least so many rounds are done. */
  async reach(round: number, timeout = 30_000): Promise<void> {
    await expect.poll(() => this.round(), { timeout }).toBeGreaterThanOrEqual(round);
  }

  tile(name: string): Locator {
    return this.page.getByRole('article', { name, exact: true }).first();
  }

  chart(name: string): Locator {
    return this.page.getByRole('article', { name, exact: true }).last();
  }

  /** The number at the head of a tile, in the unit shown: '241 kB' is 241,000. */
  async figure(name: string): Promise<number> {
    const text = (await this.tile(name).locator('.tile-value').textContent()) ?? '';
    const match = /^([\d.]+)\s*(µ|m|k|M)?(s|J|B|%)/.exec(text.replaceAll(',', ''));
    if (!match) throw new Error(`The tile ${name} shows "${text}".`);
    const scale = { µ: 1e-6, m: 1e-3, k: 1e3, M: 1e6 }[match[2] ?? ''] ?? 1;
    return Number(match[1]) * scale;
  }

  /** A node of the network: 'Arduino 2', 'Gateway 1'. */
  node(name: string): Locator {
    const network = this.page.getByRole('region', { name: 'Network', exact: true });
    const starts = new RegExp(`^${name},`);
    return network.getByRole('button', { name: starts }).or(network.getByRole('group', { name: starts }));
  }

  /** Selects a node of the network and waits for its card. */
  async inspect(name: string): Promise<Locator> {
    await this.node(name).click();
    const card = this.page.getByRole('region', { name: `Inspector: ${name}` });
    await expect(card).toBeVisible();
    return card;
  }

  /** Opens the whole card: every figure, and what can be done. */
  async more(card: Locator): Promise<void> {
    await card.getByRole('button', { name: 'More' }).click();
  }
}

export const test = base.extend<{ visitor: Visitor }>({
  visitor: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await use(new Visitor(page));
    expect(complaints, 'the console stays clean').toEqual([]);
  },
});
