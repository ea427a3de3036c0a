import Testing
import CareSphereCLI
