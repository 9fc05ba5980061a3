import { App, Duration, Stack } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Chain, DefinitionBody, Parallel, StateMachine, TaskInput, Wait, WaitTime } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';

const inline = (text: string): Code => Code.fromInline(`exports.handler = async (event) => { ${text} };`);

/** Quote → Wait an hour → Ship: two functions with inline code, a wait, no service but Lambda. */
export class ShopStack extends Stack {
  readonly quote: Function;
  readonly ship: Function;
  readonly machine: StateMachine;

  constructor(scope = new App(), id = 'Shop', env: { readonly account?: string; readonly region?: string } = {}) {
    super(scope, id, { env });
    this.quote = this.defineFunction('Quote', 'return { price: event.items * Number(process.env.PRICE) };', { PRICE: '7' });
    this.ship = this.defineFunction('Ship', 'return { shipped: true, price: event.price };', {});
    const quote = new LambdaInvoke(this, 'QuoteTask', {
      lambdaFunction: this.quote,
      payloadResponseOnly: true,
      stateName: 'AskPrice',
    });
    const wait = new Wait(this, 'Wait', { time: WaitTime.duration(Duration.hours(1)), stateName: 'CoolDown' });
    const ship = new LambdaInvoke(this, 'ShipTask', {
      lambdaFunction: this.ship,
      outputPath: '$.Payload',
      payload: TaskInput.fromJsonPathAt('$'),
      stateName: 'SendParcel',
      retryOnServiceExceptions: false,
    });
    ship.addRetry({ errors: ['Depot.Busy'], interval: Duration.seconds(10), maxAttempts: 2, backoffRate: 1 });
    this.machine = new StateMachine(this, 'Machine', {
      definitionBody: DefinitionBody.fromChainable(quote.next(wait).next(ship)),
    });
  }

  private defineFunction(id: string, text: string, environment: Record<string, string>): Function {
    return new Function(this, id, { runtime: Runtime.NODEJS_20_X, handler: 'index.handler', code: inline(text), environment });
  }
}

/** A stack of functions with the given inline code, called at once by the branches of a Parallel; each function has its own NAME. */
export class ParallelStack extends Stack {
  readonly functions: readonly Function[];
  readonly machine: StateMachine;

  constructor(codes: readonly string[]) {
    super(new App(), 'Both');
    this.functions = codes.map(
      (text, index) =>
        new Function(this, `Function${index}`, {
          runtime: Runtime.NODEJS_20_X,
          handler: 'index.handler',
          code: inline(text),
          environment: { NAME: `function ${index}` },
        }),
    );
    const branches = this.functions.map(
      (lambdaFunction, index) =>
        new LambdaInvoke(this, `Call${index}`, { lambdaFunction, payloadResponseOnly: true, retryOnServiceExceptions: false }),
    );
    const all = new Parallel(this, 'All').branch(...branches);
    this.machine = new StateMachine(this, 'Machine', { definitionBody: DefinitionBody.fromChainable(Chain.start(all)) });
  }
}
