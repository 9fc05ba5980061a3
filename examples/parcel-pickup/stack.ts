import { join } from 'node:path';
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import {
  DefinitionBody,
  Fail,
  IntegrationPattern,
  JsonPath,
  StateMachine,
  StateMachineType,
  TaskInput,
  Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';

/** A parcel waits for its courier. Two functions share a table: one keeps the task token in it, the other finds it there and answers it. */
export class ParcelPickupStack extends Stack {
  readonly parcels = new Table(this, 'Parcels', { partitionKey: { name: 'parcelId', type: AttributeType.STRING } });
  readonly requestPickup = this.defineFunction('RequestPickup', 'request-pickup.ts');
  readonly scanParcel = this.defineFunction('ScanParcel', 'scan-parcel.ts');
  /** Waits for the scan, for two days at most. */
  readonly pickups: StateMachine;
  /** What a courier's scanner starts. */
  readonly scans: StateMachine;

  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    this.parcels.grantReadWriteData(this.requestPickup);
    this.parcels.grantReadWriteData(this.scanParcel);
    this.pickups = this.definePickups();
    this.scans = this.defineScans();
    this.pickups.grantTaskResponse(this.scanParcel);
  }

  private definePickups(): StateMachine {
    const wait = new LambdaInvoke(this, 'WaitForPickup', {
      lambdaFunction: this.requestPickup,
      integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
      payload: TaskInput.fromObject({ parcelId: JsonPath.stringAt('$.parcelId'), taskToken: JsonPath.taskToken }),
      taskTimeout: Timeout.duration(Duration.days(2)),
    }).addCatch(new Fail(this, 'NobodyCame', { error: 'NobodyCame' }), { errors: ['States.Timeout'] });
    return new StateMachine(this, 'Pickups', { definitionBody: DefinitionBody.fromChainable(wait) });
  }

  private defineScans(): StateMachine {
    const scan = new LambdaInvoke(this, 'Scan', { lambdaFunction: this.scanParcel, payloadResponseOnly: true });
    return new StateMachine(this, 'Scans', {
      stateMachineType: StateMachineType.EXPRESS,
      definitionBody: DefinitionBody.fromChainable(scan),
    });
  }

  private defineFunction(id: string, file: string): NodejsFunction {
    return new NodejsFunction(this, id, {
      entry: join(__dirname, file),
      runtime: Runtime.NODEJS_22_X,
      environment: { PARCELS: this.parcels.tableName },
    });
  }
}
