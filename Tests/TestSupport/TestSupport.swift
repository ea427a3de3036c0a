/// What every test target shares: a sandbox, processes, terminals.
public enum TestSupport {}
