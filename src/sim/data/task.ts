// What is to be learnt: samples of so many features, each of one of so many classes. A task comes with its data set; models are built
// for it.

/** Features of a sample at most, and classes from the fewest to the most, that a data set may have. */
export const MAX_FEATURES = 256;
export const MIN_CLASSES = 2;
export const MAX_CLASSES = 32;

export interface TaskShape {
  /** Numbers in a sample, 1 … 256. */
  readonly features: number;
  /** 2 … 32. */
  readonly classes: number;
}

export interface Task extends TaskShape {
  readonly featureNames: readonly string[];
  readonly classNames: readonly string[];
}

/**
 * A task by the names of its features and classes.
 * @throws {RangeError} if there are too few or too many of either
 */
export function namedTask(featureNames: readonly string[], classNames: readonly string[]): Task {
  const [features, classes] = [featureNames.length, classNames.length];
  if (features < 1 || features > MAX_FEATURES)
    throw new RangeError(`A data set has 1 to ${MAX_FEATURES} features, not ${features}.`);
  if (classes < MIN_CLASSES || classes > MAX_CLASSES)
    throw new RangeError(`A data set has ${MIN_CLASSES} to ${MAX_CLASSES} classes, not ${classes}.`);
  return { features, classes, featureNames, classNames };
}

/** The share that guessing among the classes gets right, where all are equally frequent. */
export const chanceLevel = ({ classes }: Pick<TaskShape, 'classes'>): number => 1 / classes;
