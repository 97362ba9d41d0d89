// Written by `npm run accuracies`: test accuracies after 60 rounds, mean ± sample standard deviation over 5 seeds.

export const lessonAccuracies = {
  'one-in-a-hundred': '73.5 ± 8.4 %',
  'one-in-a-hundred-feedback': '85.6 ± 3.0 %',
  'payload-weights': '70.9 ± 4.4 %',
  'payload-update': '88.1 ± 1.8 %',
} as const;
