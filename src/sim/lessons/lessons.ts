// All lessons, by what they are about.

import { byteLessons } from './byte-lessons.ts';
import { deviceLessons } from './device-lessons.ts';
import type { Lesson } from './lesson.ts';

interface LessonGroup {
  readonly title: string;
  readonly lessons: readonly Lesson[];
}

export const lessonGroups: readonly LessonGroup[] = [
  { title: 'Lessons: devices that live and die', lessons: deviceLessons },
  { title: 'Lessons: what every byte buys', lessons: byteLessons },
];

export const lessons: readonly Lesson[] = lessonGroups.flatMap((group) => group.lessons);

/** The lesson of an id; null if there is none. */
export const lessonOf = (id: string | null): Lesson | null => lessons.find((lesson) => lesson.id === id) ?? null;
