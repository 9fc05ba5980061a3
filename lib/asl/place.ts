import { elementOf, memberOf, type Position, renderLocation, ROOT } from './position';
import type { Problem } from './problem';

/** A place in a definition, with the means to say what is wrong there. */
export class Place implements Position {
  readonly location: string;
  readonly pointer: string;

  private constructor(
    private readonly problems: Problem[],
    position: Position,
  ) {
    this.location = position.location;
    this.pointer = position.pointer;
  }

  /** The root of a definition; problems are added to `problems`. */
  static root(problems: Problem[]): Place {
    return new Place(problems, ROOT);
  }

  /** The member `key` of this place. */
  member(key: string): Place {
    return new Place(this.problems, memberOf(this, key));
  }

  /** The element `index` of this place, as AWS writes it: `Choices[0]`. */
  element(index: number): Place {
    return new Place(this.problems, elementOf(this, index));
  }

  /** A place anywhere in the same definition. */
  at(position: Position): Place {
    return new Place(this.problems, position);
  }

  /** AWS refuses the definition because of this place. */
  refuse(message: string, hint?: string, code = 'SCHEMA_VALIDATION_FAILED'): void {
    this.add('ERROR', code, message, hint, this, this);
  }

  /** AWS refuses the definition because of a member, and names the object that holds it as the location. */
  refuseMember(key: string, message: string, hint?: string): void {
    this.add('ERROR', 'SCHEMA_VALIDATION_FAILED', message, hint, this, memberOf(this, key));
  }

  /** AWS refuses the definition because of this place and gives no location. */
  refuseWithoutLocation(message: string, hint?: string, code = 'SCHEMA_VALIDATION_FAILED'): void {
    this.add('ERROR', code, message, hint, undefined, this);
  }

  /** AWS refuses the definition and gives a location in its text. */
  refuseAt(location: string, message: string, hint: string, code: string): void {
    this.problems.push({ severity: 'ERROR', code, location, pointer: this.pointer, message, hint });
  }

  /** AWS takes the definition and warns. */
  warn(code: string, message: string, hint: string): void {
    this.add('WARNING', code, message, hint, this, this);
  }

  private add(
    severity: Problem['severity'],
    code: string,
    message: string,
    hint: string | undefined,
    at: Position | undefined,
    { pointer }: Position,
  ): void {
    this.problems.push({
      severity,
      code,
      location: at === undefined ? undefined : renderLocation(at),
      pointer,
      message,
      ...(hint === undefined ? {} : { hint }),
    });
  }
}
