import { elementOf, memberOf, type Position, renderLocation, ROOT } from './position';
import type { Problem } from './problem';

/** A place in a definition, with the means to say what is wrong there. */
export class Place implements Position {
  private constructor(
    private readonly problems: Problem[],
    private readonly position: Position,
  ) {}

  /** As AWS writes it; the root is empty. */
  get location(): string {
    return this.position.location;
  }

  /** The same as a JSON pointer. */
  get pointer(): string {
    return this.position.pointer;
  }

  /** The root of a definition; problems are added to `problems`. */
  static root(problems: Problem[]): Place {
    return new Place(problems, ROOT);
  }

  /** The member `key` of this place. */
  member(key: string): Place {
    return new Place(this.problems, memberOf(this.position, key));
  }

  /** The element `index` of this place, as AWS writes it: `Choices[0]`. */
  element(index: number): Place {
    return new Place(this.problems, elementOf(this.position, index));
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
    this.add('ERROR', 'SCHEMA_VALIDATION_FAILED', message, hint, this, memberOf(this.position, key));
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
