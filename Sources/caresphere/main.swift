import CareSphereCLI
import Glibc

exit(App.run(Array(CommandLine.arguments.dropFirst()), environment: Environment.current()))
