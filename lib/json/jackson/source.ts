/** How Jackson speaks of the text that it reads, which has changed between its versions. */
export interface JacksonSource {
  /** What stands for the text in a location. */
  readonly name: string;
  /** Whether a location is that of a character that is wrong, as since 2.17, or that behind it. */
  readonly pointsAtCharacter: boolean;
}

/** The text is not shown: the default since 2.16. (Measured on AWS: github.com/gabrielmoreira/tiny-asl-machine, States.StringToJson.) */
export const REDACTED: JacksonSource = {
  name: 'REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled)',
  pointsAtCharacter: true,
};

/** Longest piece of a text that Jackson shows. */
const MAX_SHOWN = 500;

/** The text is shown: the default before that. */
export const shown = (text: string): JacksonSource => {
  const piece = text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}"[truncated ${text.length - MAX_SHOWN} chars]`;
  return { name: `(String)"${piece}"`, pointsAtCharacter: false };
};
