import * as aws from '@pulumi/aws'
import { type Hole, inputsOf, type Prod, seed } from './seed.ts'

const cacheType = 'aws:elasticache/replicationGroup:ReplicationGroup'
const databaseType = 'aws:rds/instance:Instance'

/** A rule more in front of the database or the cache. */
const admit =
  (store: string, rule: (prod: Prod) => Omit<aws.vpc.SecurityGroupIngressRuleArgs, 'securityGroupId' | 'ipProtocol'>) =>
  (prod: Prod) => {
    const port = store === 'cache' ? 6379 : 5432
    new aws.vpc.SecurityGroupIngressRule('hole', {
      securityGroupId: prod.group(store),
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      ...rule(prod),
    })
  }
/** Other inputs of the resource of a type, whatever its name. */
const only =
  (type: string, change: (props: Record<string, unknown>) => object): Hole['change'] =>
  (itsType, _name, props) =>
    itsType === type ? { ...props, ...change(props) } : undefined

await seed({
  "the database open to the network's own addresses": {
    proof: 'data-from-shop-only',
    says: /anything put into Subnet 'dhakacart-prod-nodes-1' reaches Instance 'main' \(tcp 5432/,
    add: admit('database', () => ({ cidrIpv4: '10.20.0.0/16' })),
  },
  'the database open to the nodes, which everybody shares': {
    proof: 'data-from-shop-only',
    says: /nodes of NodeClass 'platform-class' reaches Instance 'main'/,
    add: admit('database', (prod) => ({ referencedSecurityGroupId: prod.clusterGroupId })),
  },
  'the cache open to a group that nothing wears yet': {
    proof: 'data-from-shop-only',
    says: /that wears SecurityGroup 'endpoints' reaches ReplicationGroup 'cache'/,
    add: admit('cache', (prod) => ({ referencedSecurityGroupId: prod.group('endpoints') })),
  },
  'the cache open to a prefix list of AWS': {
    proof: 'data-from-shop-only',
    says: /not known: .*SecurityGroupIngressRule 'hole' admits prefix list pl-31a34658/,
    add: admit('cache', () => ({ prefixListId: 'pl-31a34658' })),
  },
  'the shop admitted to every port of the database': {
    proof: 'data-from-shop-only',
    says: /Instance 'main' admits more than tcp 5432 of pods of the shop/,
    add: admit('database', (prod) => ({
      referencedSecurityGroupId: prod.group('shop-pods'),
      fromPort: 0,
      toPort: 65_535,
    })),
  },
  'a shop that may send nothing to the cache': {
    proof: 'data-from-shop-only',
    says: /pods of the shop in Subnet 'dhakacart-prod-pods-1' cannot reach ReplicationGroup 'cache'/,
    change: inputsOf('aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule', 'shop-pods-to-cache', {
      toPort: 6378,
      fromPort: 6378,
    }),
  },
  "a function in the shop's own group": {
    proof: 'data-from-shop-only',
    says: /Function 'hole' wears SecurityGroup 'shop-pods', which is for pods of the shop/,
    add: (prod) => {
      new aws.lambda.Function('hole', {
        role: 'arn:aws:iam::222222222222:role/hole',
        vpcConfig: { subnetIds: [prod.subnet('dhakacart-prod-pods-1')], securityGroupIds: [prod.group('shop-pods')] },
      })
    },
  },
  'a second database, which the door reaches': {
    proof: 'data-from-shop-only',
    says: /Group 'door' reaches Instance 'hole'/,
    add: (prod) => {
      const inner = { protocol: 'tcp', fromPort: 5432, toPort: 5432, securityGroups: [prod.group('door')] }
      const { id } = new aws.ec2.SecurityGroup('hole', { vpcId: prod.vpcId, ingress: [inner] })
      new aws.rds.Instance('hole', {
        instanceClass: 'db.t4g.micro',
        engine: 'postgres',
        dbSubnetGroupName: 'dhakacart-prod-database',
        vpcSecurityGroupIds: [id],
      })
      new aws.vpc.SecurityGroupEgressRule('hole', {
        securityGroupId: prod.group('door'),
        ipProtocol: '-1',
        cidrIpv4: '10.20.0.0/16',
      })
    },
  },
  'a database with a public address': {
    proof: 'data-stays-apart',
    says: /Instance 'main' has a public address: publiclyAccessible is true/,
    change: only(databaseType, () => ({ publiclyAccessible: true })),
  },
  'a group of subnets with a private one': {
    proof: 'data-stays-apart',
    says: /Instance 'main' may stand in Subnet 'dhakacart-prod-nodes-1', which is not isolated/,
    change: (type, _name, props, prod) =>
      type === 'aws:rds/subnetGroup:SubnetGroup'
        ? { ...props, subnetIds: [prod.subnet('dhakacart-prod-data-1'), prod.subnet('dhakacart-prod-nodes-1')] }
        : undefined,
  },
  'a database that takes connections in clear': {
    proof: 'data-stays-apart',
    says: /Instance 'main' takes connections without TLS: ParameterGroup '\S+' does not set rds\.force_ssl to 1/,
    change: only('aws:rds/parameterGroup:ParameterGroup', () => ({
      parameters: [{ name: 'rds.force_ssl', value: '0' }],
    })),
  },
  'a cache that prefers TLS': {
    proof: 'data-stays-apart',
    says: /ReplicationGroup 'cache' takes connections without TLS: transitEncryptionMode is preferred/,
    change: only(cacheType, () => ({ transitEncryptionMode: 'preferred' })),
  },
  'a store of another kind': {
    proof: 'data-stays-apart',
    says: /Cluster 'hole' is of a kind whose TLS is not understood: aws:memorydb/,
    add: (prod) => {
      const subnetIds = [prod.subnet('dhakacart-prod-data-1')]
      const { name } = new aws.memorydb.SubnetGroup('hole', { name: 'hole', subnetIds })
      const securityGroupIds = [prod.group('cache')]
      new aws.memorydb.Cluster('hole', {
        aclName: 'open-access',
        nodeType: 'db.t4g.small',
        subnetGroupName: name,
        securityGroupIds,
      })
    },
  },
})
