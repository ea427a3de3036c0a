import CareSphereCLI
import Glibc

exit(App.run(CommandLine.arguments))
