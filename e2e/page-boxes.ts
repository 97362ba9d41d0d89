// What a page's elements cover, measured in the browser.

import type { Page } from '@playwright/test';

/** Links that pass a node or a name that is neither of their ends: 'link:device-7 passes gateway-2'. */
export const crossedBoxes = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const boxes = [...document.querySelectorAll<HTMLElement>('.react-flow__node')].flatMap((node) => {
      const { id = '' } = node.dataset;
      const label = node.querySelector('.device-node-label');
      const parts = [{ id, what: id, rect: node.getBoundingClientRect() }];
      if (label) parts.push({ id: `${id} name`, what: `the name of ${id}`, rect: label.getBoundingClientRect() });
      return parts.filter(({ rect }) => rect.width > 0);
    });
    for (const edge of document.querySelectorAll<HTMLElement>('.react-flow__edge')) {
      const path = edge.querySelector<SVGPathElement>('.link-line');
      const matrix = path?.getScreenCTM();
      if (!path || !matrix) continue;
      const lower = (edge.dataset.id ?? '').replace('link:', '');
      const length = path.getTotalLength();
      for (let at = 0; at <= length; at += 2) {
        const { x, y } = path.getPointAtLength(at).matrixTransform(matrix);
        for (const { id, what, rect } of boxes) {
          // Within half a pixel of its edge nothing is seen.
          if (x < rect.left + 0.5 || x > rect.right - 0.5 || y < rect.top + 0.5 || y > rect.bottom - 0.5) continue;
          const isEnd = id === lower || at > length - 4;
          if (!isEnd && !found.includes(`${lower} passes ${what}`)) found.push(`${lower} passes ${what}`);
        }
      }
    }
    return found;
  });

/**
 * What can be pressed and is smaller than 24 × 24 px, the area around it included that takes the press too.
 * @param within a selector of the part that is looked at: what a sheet lies over cannot be measured
 */
export const smallTargets = (page: Page, within = 'body'): Promise<string[]> =>
  page.evaluate((part) => {
    const least = 24;
    const pressable =
      'button, a[href], input, select, summary, label:has(input), [role=slider], [role=button], [role=switch]';
    const small = new Set<string>();
    for (const element of document.querySelector(part)?.querySelectorAll<HTMLElement>(pressable) ?? []) {
      // Nodes are as large as the visitor zooms; a hidden input is pressed by its label, a slider anywhere along its track.
      if (element.closest('.react-flow__viewport, [inert]')) continue;
      if (element.matches('.visually-hidden, [type=radio], [type=checkbox], [type=range]')) continue;
      const target = element.closest<HTMLElement>('.mantine-Slider-root') ?? element;
      if (!target.checkVisibility({ visibilityProperty: true })) continue;
      target.scrollIntoView({ block: 'center' });
      const { x, y, width, height } = target.getBoundingClientRect();
      if (width === 0 || (width >= least && height >= least)) continue;
      const reach = least / 2 - 0.5;
      const takes = ([dx, dy]: number[]) => {
        const hit = document.elementFromPoint(x + width / 2 + dx, y + height / 2 + dy);
        return hit !== null && target.contains(hit);
      };
      const isLarge = [
        [0, 0],
        [-reach, 0],
        [reach, 0],
        [0, -reach],
        [0, reach],
      ].every(takes);
      const name = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
      if (!isLarge) small.add(`${name.slice(0, 40)} (${Math.round(width)} × ${Math.round(height)})`);
    }
    return [...small];
  }, within);
