// Fetches a part of the page that is in a file of its own. Every dynamic import goes through here, so that none fails unseen.

/** A style sheet that did not come stays in the page, empty, and Vite never asks for it again. */
const missingStyles = new Set<HTMLLinkElement>();
addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') missingStyles.add(target);
  },
  true,
);

/** A new element asks. Fails if one does not come this time either. */
async function askAgainForStyles(): Promise<void> {
  const asked = [...missingStyles].map((link) => {
    missingStyles.delete(link);
    const again = document.createElement('link');
    again.rel = 'stylesheet';
    again.href = link.href;
    link.remove();
    return new Promise<void>((resolve, reject) => {
      again.addEventListener('load', () => resolve());
      again.addEventListener('error', () => reject(new Error(`${again.href} could not be loaded.`)));
      document.head.append(again);
    });
  });
  await Promise.all(asked);
}

const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** A short interruption is over by the second attempt. Fails as the import does, or for want of a style sheet. */
export async function loadPart<Module>(load: () => Promise<Module>, pause = 400): Promise<Module> {
  try {
    await askAgainForStyles();
    return await load();
  } catch {
    await wait(pause);
    await askAgainForStyles();
    return load();
  }
}
