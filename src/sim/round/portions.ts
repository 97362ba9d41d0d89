// What of the model each node trains and each link carries in a round: all of it; what pruning has left of it; a sub-model of
// its own for each device; or what pruning has left of that.

import type { Experiment } from '../experiment/experiment.ts';
import { type Kept, keptBy, type Mask } from '../model/masks.ts';
import type { ModelSpec } from '../model/models.ts';
import { drawSubModel, scalesOf, subModelOf } from '../model/sub-models.ts';
import type { Rng } from '../random.ts';

export interface PortionsInput {
  readonly experiment: Experiment;
  readonly model: ModelSpec;
  /** What pruning has left; all, if left out. */
  readonly mask?: Mask | undefined;
  readonly round: number;
  readonly rng: Rng;
}

export class Portions {
  /** The architecture that a device trains. Single weights that are pruned save no computing: products stay dense. */
  readonly local: ModelSpec;
  /** What gateways and fogs send up; undefined for the whole model. */
  readonly left: Kept | undefined;
  readonly #input: PortionsInput;
  readonly #drawn = new Map<string, Kept>();
  readonly #left = new Map<Mask, Kept>();
  readonly #uploads = new Map<string, { readonly mask: Mask; readonly kept: Kept }>();

  constructor(input: PortionsInput) {
    const { model, mask, experiment } = input;
    this.#input = input;
    this.local = subModelOf(model, experiment.subModels.keep);
    this.left = mask && this.#leftBy(mask);
  }

  /** What hidden outputs are multiplied by while a device trains; undefined for nothing. */
  get unitScales(): readonly number[] | undefined {
    const { experiment, model } = this.#input;
    return this.differ && experiment.subModels.scale ? scalesOf(model, experiment.subModels.keep) : undefined;
  }

  /** Whether devices hold different weights. */
  get differ(): boolean {
    const { experiment, model } = this.#input;
    // Without hidden units there is nothing to leave out.
    return experiment.subModels.keep < 1 && model.units.length > 0;
  }

  /** What a device downloads; undefined for the whole model, whose zeros tell what is pruned. */
  download(device: string): Kept | undefined {
    return this.differ ? this.#of(device) : undefined;
  }

  /**
   * What it trains and uploads; undefined for the whole model.
   * @param under what pruning had left of the model that it received, null for all: a gateway that is cut off serves an older one;
   * the round's own mask, if left out
   */
  upload(device: string, under?: Mask | null): Kept | undefined {
    const mask = under === undefined ? this.#input.mask : under;
    if (!this.differ) return mask ? this.#leftBy(mask) : undefined;
    const download = this.#of(device);
    if (!mask) return download;
    const before = this.#uploads.get(device);
    if (before?.mask === mask) return before.kept;
    const kept = keptBy(
      this.#input.model,
      download.mask.map((own, i) => own & mask[i]),
    );
    this.#uploads.set(device, { mask, kept });
    return kept;
  }

  #leftBy(mask: Mask): Kept {
    const left = this.#left.get(mask) ?? keptBy(this.#input.model, mask);
    this.#left.set(mask, left);
    return left;
  }

  /** A device keeps its sub-model for the whole round, whatever the gateway rounds in it. */
  #of(device: string): Kept {
    const { model, experiment, round, rng } = this.#input;
    const drawn =
      this.#drawn.get(device) ?? drawSubModel(model, experiment.subModels.keep, rng.split('sub-model', device, round));
    this.#drawn.set(device, drawn);
    return drawn;
  }
}
