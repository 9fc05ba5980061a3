import type { Problem } from './problem';

/** A place in a definition, with the means to say what is wrong there. */
export class Place {
  private constructor(
    private readonly problems: Problem[],
    /** As AWS writes locations: plain names joined by `/`; the root is `/`. */
    readonly location: string,
    /** The same as a JSON pointer. */
    readonly pointer: string,
  ) {}

  /** The root of a definition; problems are added to `problems`. */
  static root(problems: Problem[]): Place {
    return new Place(problems, '', '');
  }

  /** The member `key` of this place. */
  member(key: string): Place {
    return new Place(
      this.problems,
      `${this.location}/${key}`,
      `${this.pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    );
  }

  /** The element `index` of this place, as AWS writes it: `Choices[0]`. */
  element(index: number): Place {
    return new Place(this.problems, `${this.location}[${index}]`, `${this.pointer}/${index}`);
  }

  /** AWS refuses the definition because of this place. */
  refuse(message: string, hint?: string, code = 'SCHEMA_VALIDATION_FAILED'): void {
    this.problems.push({
      severity: 'ERROR',
      code,
      location: this.location === '' ? '/' : this.location,
      pointer: this.pointer,
      message,
      ...(hint === undefined ? {} : { hint }),
    });
  }
}
