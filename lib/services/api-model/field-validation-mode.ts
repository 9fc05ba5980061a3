/**
 * How strictly a result is held against AWS's API model. STRICT: required members are there, and what is there fits. PRESENT: what
 * is there fits. NONE: nothing is checked. https://docs.aws.amazon.com/step-functions/latest/apireference/API_MockInput.html
 */
export type FieldValidationMode = 'STRICT' | 'PRESENT' | 'NONE';

/** The three modes. */
export const FIELD_VALIDATION_MODES: readonly FieldValidationMode[] = ['STRICT', 'PRESENT', 'NONE'];
