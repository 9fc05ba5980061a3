import { compileChoiceRule } from '../expressions/choice-rule';
import { ExpressionSyntaxError } from '../expressions/evaluation-error';
import { isArray, isObject, type Json, type JsonObject } from '../json/json';
import type { Place } from './place';
import type { QueryLanguage } from './types';

/** Checks a top-level Choice Rule: it leads somewhere, nested rules do not, and its test compiles. */
export function checkChoiceRule(rule: Json, language: QueryLanguage, place: Place): void {
  if (!isObject(rule)) return;
  if (typeof rule['Next'] !== 'string') place.refuse("The field 'Next' is required but was missing", 'say where the rule leads');
  if (language === 'JSONata') {
    if (!Object.hasOwn(rule, 'Condition')) place.refuse("The field 'Condition' is required but was missing");
    return;
  }
  checkNestedRules(rule, place);
  try {
    compileChoiceRule(rule);
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    place.refuse(error.message);
  }
}

function checkNestedRules(rule: JsonObject, place: Place): void {
  const visit = (nested: Json | undefined, at: Place): void => {
    if (!isObject(nested)) return;
    if (Object.hasOwn(nested, 'Next'))
      at.member('Next').refuse("Field 'Next' is not supported", 'only a top-level Choice Rule leads somewhere');
    checkNestedRules(nested, at);
  };
  visit(rule['Not'], place.member('Not'));
  for (const operator of ['And', 'Or']) {
    const rules = rule[operator];
    if (isArray(rules)) rules.forEach((nested, index) => visit(nested, place.member(operator).element(index)));
  }
}
