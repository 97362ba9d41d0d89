// What the chosen lesson shows and asks for, in sight for as long as it is worked on.

import { lessonOf } from '../../sim/lessons/lessons.ts';
import { foglineStore, useFogline } from '../../store/use-fogline.ts';
import { withUnits } from '../format.ts';
import { CloseButton } from '../shared/close-button.tsx';
import './lesson-line.css';

export function LessonLine() {
  const lesson = lessonOf(useFogline((state) => state.lesson));
  if (!lesson) return null;
  return (
    <aside className="lesson-line" aria-label={`Lesson: ${lesson.label}`}>
      <p>
        <strong>{lesson.label}.</strong> {withUnits(lesson.about)}
      </p>
      <CloseButton label="Close the lesson" onClick={() => foglineStore.getState().closeLesson()} />
    </aside>
  );
}
